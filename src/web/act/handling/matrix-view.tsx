import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dimensionOfSegment } from '../../../model/segment.ts';
import { useNameOf } from '../../kit/locale.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { Grid } from './grid.tsx';
import { HandlingFrame } from './use-handling.tsx';
import { VersionMark } from './version-mark.tsx';

/** Pain × segment → expectation → solution → department; the pain opens its voices. */
export function MatrixView({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const labels = useLabels();
  const titles = ['pain', 'segment', 'expectation', 'solution', 'department', 'versionTitle'] as const;
  const level = (pain: string): string => ['category_1', 'category_2', 'category'][pain.split('/').length - 1] ?? 'category';
  return (
    <HandlingFrame tabs={tabs} words={(found) => t('handling.wordsMatrix', { count: found.expectations.length })}>
      {(found) => (
        <Grid
          label={t('handling.tab.matrix')}
          titles={titles.map((one) => ({ text: t(`handling.${one}`) }))}
          rows={found.expectations.map(({ version, ...one }) => {
            const pain = labels.value(level(one.pain), one.pain);
            const segment = one.segment === null ? t('handling.anySegment') : labels.value(dimensionOfSegment(one.segment), one.segment);
            return {
              key: `${one.pain}|${one.segment ?? '*'}`,
              cells: [
                <Link key="pain" to={`/voices?f=${encodeURIComponent(`${level(one.pain)}:${encodeURIComponent(one.pain)}`)}`}>
                  {pain}
                </Link>,
                segment,
                nameOf(one.expectation),
                nameOf(one.solution),
                labels.value('department', one.department),
                <VersionMark key="edit" line={{ kind: 'expectation', value: one }} version={version} of={`${pain} ${segment}`} />,
              ],
            };
          })}
        />
      )}
    </HandlingFrame>
  );
}
