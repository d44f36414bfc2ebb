import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MeasureHelp } from '../analyse/measure-help.tsx';
import { Opens, countsVoices } from '../analyse/opens.tsx';
import { Spark } from '../analyse/spark.tsx';
import type { Figure, Overview } from '../../model/overview.ts';
import { count, figure, signedPercent, signedPoints } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';

/** The few numbers one looks at first, each beside its past and opening its voices. */
export function KeyFigures({ data }: { readonly data: Overview }) {
  const { t } = useTranslation();
  const may = useMay();
  const orders = may('orders.read') && data.numbers === null;
  return (
    <section className="panel strip">
      {data.numbers?.figures.map((one) => (
        <WeekFigure key={one.measure} one={one} />
      ))}
      {data.numbers === null || data.numbers.today === null ? null : <Today today={data.numbers.today} />}
      {data.own === null ? null : <WeekFigure one={data.own.figure} name={t('overview.ownVoices')} />}
      {orders ? (
        <>
          <Plain name={t('overview.waitingCount')} value={data.waiting_count} to="/orders?tab=waits" />
          <Plain name={t('overview.overdueCount')} value={data.overdue_count} to="/orders?tab=waitsLate" alert={data.overdue_count > 0} />
        </>
      ) : null}
    </section>
  );
}

function Cell({
  name,
  value,
  past,
  spark,
}: {
  readonly name: ReactNode;
  readonly value: ReactNode;
  readonly past: ReactNode;
  readonly spark?: ReactNode;
}) {
  return (
    <div>
      <span className="name">{name}</span>
      <div className="beside">
        <b>{value}</b>
        {spark}
      </div>
      <span className="past">{past}</span>
    </div>
  );
}

function WeekFigure({ one, name }: { readonly one: Figure; readonly name?: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const measure = useVocabulary().data?.measures.find((m) => m.name === one.measure);
  const column = { name: one.measure, unit: one.measure.endsWith('_share') ? ('share' as const) : ('count' as const) };
  const counted = (value: number | null): number | undefined => (countsVoices(one.measure) ? (value ?? undefined) : undefined);
  const previous = t('overview.previous', { value: figure(one.previous, column, locale) });
  return (
    <Cell
      name={
        <>
          {name ?? labels.measure(one.measure)}
          <MeasureHelp name={one.measure} where={one.where} />
        </>
      }
      value={
        <Opens where={one.where} value={counted(one.value)} title={measure?.opens?.[locale]}>
          {figure(one.value, column, locale)}
        </Opens>
      }
      spark={<Spark values={one.spark} />}
      past={
        <>
          <Opens where={one.previous_where} value={counted(one.previous)}>
            {previous}
          </Opens>
          {movement(one, column.unit, locale)}
        </>
      }
    />
  );
}

/** A share moves by points: 4.1 % after 4.5 % is −0.4 points, not −9 %. */
function movement({ value, previous }: Figure, unit: 'share' | 'count', locale: 'zh' | 'en'): string {
  if (value === null || previous === null || (unit === 'count' && previous === 0)) return '';
  return ` · ${unit === 'share' ? signedPoints(value - previous, locale) : signedPercent(value / previous - 1, locale)}`;
}

function Today({ today }: { readonly today: NonNullable<NonNullable<Overview['numbers']>['today']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Cell
      name={t('overview.today', { time: today.until })}
      value={
        <Opens where={today.where} value={today.value}>
          {count(today.value, locale)}
        </Opens>
      }
      past={
        <>
          {t('overview.usual')}{' '}
          <Opens where={today.usual_where} value={today.usual}>
            {count(today.usual, locale)}
          </Opens>
          {today.usual === 0 ? '' : ` · ${signedPercent(today.value / today.usual - 1, locale)}`}
        </>
      }
    />
  );
}

function Plain({
  name,
  value,
  to,
  alert = false,
}: {
  readonly name: string;
  readonly value: number;
  readonly to: string;
  readonly alert?: boolean;
}) {
  const locale = useLocale();
  return (
    <Cell
      name={name}
      value={
        <Link className="figure" to={to} style={alert ? { color: 'var(--alert)' } : {}}>
          {count(value, locale)}
        </Link>
      }
      past=""
    />
  );
}
