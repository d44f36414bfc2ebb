import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandlingView } from '../../../model/handling.ts';
import { Answered } from '../../kit/answered.tsx';
import { Empty } from '../../kit/empty.tsx';
import { PageHead } from '../../kit/page-head.tsx';
import { handling } from './calls.ts';

export const useHandling = () => useQuery({ queryKey: ['handling'], queryFn: handling });

/** The frame of every part that shows what holds: answer in words, tabs, rows. */
export function HandlingFrame({
  tabs,
  words,
  children,
}: {
  readonly tabs: ReactNode;
  readonly words: (found: HandlingView) => string;
  readonly children: (found: HandlingView) => ReactNode;
}) {
  const { t } = useTranslation();
  const query = useHandling();
  return (
    <div className="page">
      <PageHead
        name={t('handling.name')}
        words={query.data === undefined ? t('handling.name') : words(query.data)}
        help={{ doc: 'analyst' }}
      />
      {tabs}
      <Answered query={query} rows={10}>
        {(found) =>
          found.expectations.length + found.strategies.length === 0 ? (
            <div className="panel">
              <Empty why={t('handling.emptyPack')} next={t('handling.emptyPackNext')} />
            </div>
          ) : (
            children(found)
          )
        }
      </Answered>
    </div>
  );
}
