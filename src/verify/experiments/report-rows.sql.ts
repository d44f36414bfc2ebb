import { type RawBuilder, sql } from 'kysely';
import type { ExperimentMetric, Outlook } from '../../model/experiment.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { detectableMean, detectableShare } from '../../maths/power.ts';
import type { StoredExperiment } from './experiment-rows.sql.ts';

const AT_ONCE = 4_000;

/** What one customer did, in the window and in the one before it. */
interface Counted {
  readonly complaints: number;
  readonly grievances: number;
  readonly satisfaction: number | null;
}

export interface ReportRow {
  readonly customer: string;
  readonly arm: number;
  readonly traits: Readonly<Record<string, string | number>>;
  readonly after: Counted;
  readonly before: Counted;
  readonly outcomes: Readonly<Record<string, number>>;
}

const counts = (within: RawBuilder<boolean>): RawBuilder<unknown> => sql`jsonb_build_object(
  'complaints', count(*) filter (where v.kind = 'complaint' and ${within}),
  'grievances', count(*) filter (where v.kind = 'grievance' and ${within}),
  'satisfaction', avg(v.score) filter (where ${within}))`;

/**
 * Every customer assigned, whatever was done with them, in pages. What they said counts by event time, from the start to its end, and as
 * long before it; of an experiment of one city only what was said there.
 */
export async function* reportRows(db: Db, experiment: StoredExperiment, untilMs: number): AsyncGenerator<readonly ReportRow[]> {
  const startMs = Date.parse(experiment.started_at ?? '');
  const span = windowOf(startMs, untilMs, experiment.windowDays);
  let last = '';
  for (;;) {
    const rows = await rowsOf(
      db,
      sql<ReportRow>`
      select x.customer, x.arm, x.traits, ${said(span, experiment.city)},
        coalesce((select jsonb_object_agg(o.metric, o.value) from experiment_outcomes o
          where o.experiment_id = x.experiment_id and o.customer = x.customer), '{}'::jsonb) as outcomes
      from experiment_customers x
      where x.experiment_id = ${experiment.id} and x.customer > ${last} and x.arm is not null order by x.customer limit ${AT_ONCE}`,
    );
    if (rows.length > 0) yield rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < AT_ONCE) return;
    last = end.customer;
  }
}

interface Span {
  readonly before: string;
  readonly from: string;
  readonly until: string;
}

const DAY_MS = 86_400_000;

/** Until when an experiment is evaluated: it was to end then, or was stopped before; now, while it goes on. */
export const evaluatedUntil = ({ ends_at, stopped_at }: Pick<StoredExperiment, 'ends_at' | 'stopped_at'>, nowMs: number): number =>
  Math.min(nowMs, ...[ends_at, stopped_at].flatMap((at) => (at === null ? [] : [Date.parse(at)])));

/** As long before the start as has passed since, so that both sides are of one length. */
export function windowOf(startMs: number, nowMs: number, days: number): Span {
  const untilMs = Math.max(startMs, Math.min(nowMs, startMs + days * DAY_MS));
  const iso = (ms: number): string => new Date(ms).toISOString();
  return { before: iso(startMs - (untilMs - startMs)), from: iso(startMs), until: iso(untilMs) };
}

function said({ before, from, until }: Span, city: string | null): RawBuilder<unknown> {
  const of = (within: RawBuilder<boolean>): RawBuilder<unknown> => sql`(select ${counts(within)} from voices v
    where v.customer = x.customer and v.said_at >= ${before}::timestamptz and v.said_at < ${until}::timestamptz
      and ${city === null ? sql`true` : sql`v.city = ${city}`})`;
  return sql`${of(sql<boolean>`v.said_at >= ${from}::timestamptz`)} as after, ${of(sql<boolean>`v.said_at < ${from}::timestamptz`)} as before`;
}

/** The value of a metric for a customer; null where there is none. */
export function valueOf({ source, name }: ExperimentMetric, counted: Counted, outcomes: ReportRow['outcomes']): number | null {
  switch (source) {
    case 'complaint':
      return counted.complaints > 0 ? 1 : 0;
    case 'complaints':
      return counted.complaints;
    case 'grievances':
      return counted.grievances;
    case 'satisfaction':
      return counted.satisfaction;
    case 'outcome':
      return outcomes[name] ?? null;
  }
}

/** What the cohort of a draft would show of its main metric, by what the same customers did in the window that ends now. */
export async function outlookOf(db: Db, experiment: StoredExperiment, nowMs: number): Promise<Outlook | null> {
  const [metric] = experiment.metrics;
  const customers = experiment.cohort?.customers ?? 0;
  if (experiment.state !== 'draft' || metric === undefined || metric.source === 'outcome' || customers < 10) return null;
  const from = new Date(nowMs - experiment.windowDays * DAY_MS).toISOString();
  const row = await rowOf(
    db,
    sql<{ n: number; mean: number | null; spread: number | null }>`
    select count(value)::integer as n, avg(value)::float8 as mean, stddev_samp(value)::float8 as spread from (
      select ${PAST[metric.source]} as value from experiment_customers x left join voices v on v.customer = x.customer
        and v.said_at >= ${from}::timestamptz and ${experiment.city === null ? sql`true` : sql`v.city = ${experiment.city}`}
      where x.experiment_id = ${experiment.id} group by x.customer) as past`,
  );
  if (row === undefined || row.mean === null || row.n < 10) return null;
  const kind = metric.source === 'complaint' ? 'share' : 'number';
  const shares = experiment.arms.map(({ share }) => share);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const [control, least] = [shares[0] ?? 1, Math.min(...shares.slice(1))];
  const plan = { alpha: 0.05, power: 0.8, ratio: least / control };
  const n = (row.n * control) / whole;
  const spread = row.spread ?? 0;
  const detectable = kind === 'share' ? detectableShare(row.mean, n, plan) : detectableMean(spread, n, plan);
  return { customers: row.n, base: row.mean, spread, detectable, kind };
}

const PAST = {
  complaint: sql`(count(*) filter (where v.kind = 'complaint') > 0)::integer`,
  complaints: sql`count(*) filter (where v.kind = 'complaint')`,
  grievances: sql`count(*) filter (where v.kind = 'grievance')`,
  satisfaction: sql`avg(v.score)`,
} as const;
