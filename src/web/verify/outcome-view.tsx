import { useTranslation } from 'react-i18next';
import type { Names } from '../../model/question.ts';
import type { Outcome } from '../../model/work-order.ts';
import { decimal } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

const ARROWS: Readonly<Record<Outcome['verdict'], string>> = { fell: '↓', 'no-visible-change': '→', rose: '↑', 'too-early': '…' };

/** Did it help: the server's sentence carries counts and interval; without one they stand below the verdict. */
export function OutcomeView({ outcome, words }: { readonly outcome: Outcome | null; readonly words: Names | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (outcome === null) return <p className="quiet">{t('orders.noOutcome')}</p>;
  const sentence = words?.[locale];
  return (
    <div className={`note ${outcome.verdict === 'rose' ? 'alert' : ''}`}>
      <strong>
        {ARROWS[outcome.verdict]} {sentence ?? t(`orders.verdict.${outcome.verdict}`)}
      </strong>
      {sentence === undefined ? <Numbers outcome={outcome} /> : null}
      {outcome.final ? null : <div className="faint">{t('orders.preliminary')}</div>}
    </div>
  );
}

function Numbers({ outcome: { before, after, ratio, low, high } }: { readonly outcome: Outcome }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number) => decimal(value, 2, locale);
  const days = (value: number) => decimal(value, 0, locale);
  return (
    <>
      <div className="quiet">
        {t('orders.outcomeNumbers', {
          before: before.voices,
          beforeDays: days(before.days),
          after: after.voices,
          afterDays: days(after.days),
        })}
      </div>
      {ratio === null || low === null || high === null ? null : (
        <div className="quiet">{t('orders.interval', { ratio: number(ratio), low: number(low), high: number(high) })}</div>
      )}
    </>
  );
}
