import { useTranslation } from 'react-i18next';
import type { Names } from '../../model/question.ts';
import type { Outcome } from '../../model/work-order.ts';
import { decimal } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

const ARROWS: Readonly<Record<Outcome['verdict'], string>> = { fell: '↓', 'no-visible-change': '→', rose: '↑', 'too-early': '…' };

/** Did it help: the sentence first, then the counts and the interval it rests on. */
export function OutcomeView({ outcome, words }: { readonly outcome: Outcome | null; readonly words: Names | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (outcome === null) return <p className="quiet">{t('orders.noOutcome')}</p>;
  const { before, after, ratio, low, high } = outcome;
  const number = (value: number) => decimal(value, 2, locale);
  return (
    <div className={`note ${outcome.verdict === 'rose' ? 'alert' : ''}`}>
      <strong>{ARROWS[outcome.verdict]} {words?.[locale] ?? t(`orders.verdict.${outcome.verdict}`)}</strong>
      <div className="quiet">{t('orders.outcomeNumbers', { before: before.voices, beforeDays: decimal(before.days, 0, locale), after: after.voices, afterDays: decimal(after.days, 0, locale) })}</div>
      {ratio === null || low === null || high === null ? null : (
        <div className="quiet">{t('orders.interval', { ratio: number(ratio), low: number(low), high: number(high) })}</div>
      )}
      {outcome.final ? null : <div className="faint">{t('orders.preliminary')}</div>}
    </div>
  );
}
