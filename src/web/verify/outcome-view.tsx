import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Filter, Names } from '../../model/question.ts';
import type { Outcome } from '../../model/work-order.ts';
import type { OutcomeWhere } from '../../model/order-views.ts';
import { voicesAddress } from '../kit/filters-url.ts';
import { count, decimal } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

const ARROWS: Readonly<Record<Outcome['verdict'], string>> = { fell: '↓', 'no-visible-change': '→', rose: '↑', 'too-early': '…' };

/** Did it help: the server's sentence, and below it the counts that it rests on, each opening its voices. */
export function OutcomeView({
  closed,
  outcome,
  words,
  where,
}: {
  readonly closed: boolean;
  readonly outcome: Outcome | null;
  readonly words: Names | null;
  readonly where: OutcomeWhere | null;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (outcome === null) return <p className="quiet">{t(closed ? 'orders.outcomeSoon' : 'orders.noOutcome')}</p>;
  const sentence = words?.[locale];
  return (
    <div className={`note ${outcome.verdict === 'rose' ? 'alert' : ''}`}>
      <strong>
        {ARROWS[outcome.verdict]} {sentence ?? t(`orders.verdict.${outcome.verdict}`)}
      </strong>
      {sentence === undefined || where !== null ? <Counts outcome={outcome} where={where} /> : null}
      {sentence === undefined ? <Interval outcome={outcome} /> : null}
      {outcome.final ? null : <div className="faint">{t('orders.preliminary')}</div>}
    </div>
  );
}

function Counts({ outcome: { before, after }, where }: { readonly outcome: Outcome; readonly where: OutcomeWhere | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const said = ({ voices, days }: Outcome['before']) => ({ voices: count(voices, locale), days: count(days, locale) });
  const opening = (text: string, filters: readonly Filter[] | undefined) =>
    filters === undefined ? <span>{text}</span> : <Link to={voicesAddress(filters)}>{text}</Link>;
  return (
    <div className="row quiet" style={{ gap: '2px 16px' }}>
      {opening(t('orders.outcomeBefore', said(before)), where?.before)}
      {opening(t('orders.outcomeAfter', said(after)), where?.after)}
    </div>
  );
}

function Interval({ outcome: { ratio, low, high } }: { readonly outcome: Outcome }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number) => decimal(value, 2, locale);
  if (ratio === null || low === null || high === null) return null;
  return <div className="quiet">{t('orders.interval', { ratio: number(ratio), low: number(low), high: number(high) })}</div>;
}
