import { useTranslation } from 'react-i18next';
import type { StudyExample } from '../../../model/survey.ts';
import { useNameOf } from '../../kit/locale.ts';
import { usePoints, useR } from './figures.tsx';

/** What was published about this item, with what cannot be taken from it. */
export function StudyPart({ study }: { readonly study: StudyExample | null }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const r = useR();
  const points = usePoints();
  if (study === null) return null;
  return (
    <section className="note stack" aria-label={t('satisfaction.studyTitle')}>
      <strong>{t('satisfaction.studyTitle')}</strong>
      <span>
        {t('satisfaction.studyWords', {
          source: nameOf(study.source),
          index: points(study.index, 0),
          satisfaction: points(study.satisfaction, 0),
          r: r(study.correlation),
        })}
      </span>
      <span>{study.points.map((point) => point.as_printed).join(t('satisfaction.separator'))}</span>
      {study.assigned ? null : (
        <span className="quiet">
          {t('satisfaction.studyLost', { coefficients: study.coefficients.map((one) => points(one, 2)).join(t('satisfaction.separator')) })}
        </span>
      )}
    </section>
  );
}
