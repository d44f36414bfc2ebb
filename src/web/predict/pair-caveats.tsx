import { useTranslation } from 'react-i18next';
import type { PairSummary } from '../../model/pair-views.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

/** How it is computed, and what it cannot see: in words, on the page, always. */
export function PairCaveats({
  summary,
  scheme,
  segment,
}: {
  readonly summary: PairSummary;
  readonly scheme: SchemeId;
  readonly segment: string;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const family = summary.families.find((one) => (one.segment ?? '') === segment);
  const control = family?.reverse_share ?? null;
  return (
    <section className="stack">
      <h2>{t('pairs.caveats')}</h2>
      <p>{t('pairs.how')}</p>
      <ul className="caveats">
        {scheme === 'rules' ? null : <li>{t(`pairs.caveat.by.${scheme}`)}</li>}
        <li>{t('pairs.caveat.own')}</li>
        <li>{t('pairs.caveat.handling')}</li>
        <li>{t('pairs.caveat.episode')}</li>
        <li>{t('pairs.caveat.left')}</li>
        <li>{t('pairs.caveat.read', { share: percent(summary.recorded / Math.max(1, summary.recorded + summary.read), locale, 0) })}</li>
        <li>{t('pairs.caveat.contact', { same: count(summary.same_contact, locale), repeats: count(summary.repeats, locale) })}</li>
        {summary.outside === undefined || summary.outside === 0 ? null : (
          <li>{t('pairs.caveat.outside', { n: count(summary.outside, locale) })}</li>
        )}
        {control === null ? null : <li>{t('pairs.caveat.control', { share: percent(control, locale) })}</li>}
      </ul>
    </section>
  );
}
