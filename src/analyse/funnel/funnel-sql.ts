import { DIMENSION_OF, type SchemeId } from '../../model/segment-views.ts';
import type { RuleSegment } from '../../model/segment.ts';
import type { ScopeFilter } from '../../model/scope.ts';
import { FUNNEL_STAGES, type FunnelStage } from '../../model/funnel.ts';
import type { WarehouseDialect } from '../../platform/warehouse/warehouse.ts';
import { type Binder, printConditions, scopeConditions } from '../conditions.ts';

const DAY_MS = 86_400_000;
/** Stands between the values of one bound text; no value holds it. */
const BETWEEN = '\u0002';

/** What is asked: customers whose first sign lies in the time, each followed for so many days. */
export interface FunnelPeriod {
  readonly fromMs: number;
  readonly beforeMs: number;
  readonly days: number;
  /** Until when the warehouse is complete. */
  readonly asOfMs: number;
}

export interface FunnelPart {
  readonly stage: FunnelStage | 'all' | 'spoke';
  readonly segment?: string | undefined;
  readonly city?: string | undefined;
  readonly district?: string | undefined;
}

/** Milliseconds as the warehouse binds an instant. */
const instant = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

/**
 * One row per customer: the voice by which he first showed that he was not content, and where he stood `days` later. The scale of
 * scores is the source's own (up to 5, up to 10, else 100): six tenths of it or less is low, nine tenths or more is high. What agents noted of
 * the effect counts like an answer: wholly solved and content is good; anything less, noted later, takes contentment back.
 */
export function journeys(
  period: FunnelPeriod,
  scope: ScopeFilter,
  by: SegmentedBy,
  dialect: WarehouseDialect,
  bind: Binder['bind'],
  effects: readonly SeenEffect[] = [],
): string {
  const scoped = printConditions(scopeConditions(scope), dialect, bind);
  const followed = (column: string): string => dialect.moved(column, String(period.days * DAY_MS));
  const text = (value: string): string => bind(value, 'text');
  return `
with heard as (
  select id, customer, said_at, kind, feeling, score, source, category, city, district, ${segmentOf(by, text)} as segment
  from voice_rows
  where ${scoped} and customer is not null and said_at >= ${bind(instant(period.fromMs), 'instant')}
    and said_at < ${bind(instant(Math.min(period.beforeMs + period.days * DAY_MS, period.asOfMs)), 'instant')}
), scales as (
  select source, case when max(score) <= 5 then 5 when max(score) <= 10 then 10 else 100 end as top from heard where score is not null group by source
), judged as (
  select h.*, h.kind in ('grievance', 'fault', 'complaint') as against, h.kind in ('grievance', 'fault') as grieves,
    (h.kind in ('grievance', 'fault', 'complaint') or h.feeling in ('angry', 'negative') or h.score <= 0.6 * s.top) as bad,
    (h.kind = 'praise' or h.feeling = 'positive' or h.score >= 0.9 * s.top) as good
  from heard h left join scales s on s.source = h.source
), looked as (
  ${effectRows(effects, text)}
), told as (
  select id, customer, said_at, kind, against, grieves, category, good, false as unsolved from judged
  union all
  select l.voice as id, l.customer, l.seen_at as said_at, null as kind, false as against, false as grieves, null as category, l.solved as good, not l.solved as unsolved from looked l
), firsts as (
  select * from (
    select *, row_number() over (partition by customer order by said_at, id) as place from judged
    where coalesce(bad, false) and said_at < ${bind(instant(period.beforeMs), 'instant')}
  ) ranked where place = 1
), followed as (
  select f.id, f.customer, f.said_at, f.segment, f.city, f.district,
    ${followed('f.said_at')} > ${bind(instant(period.asOfMs), 'instant')} as pending,
    coalesce(bool_or(l.against), false) as spoke, coalesce(bool_or(l.kind = 'complaint'), false) as complained,
    count(*) filter (where l.grieves and l.category is not null) > count(distinct l.category) filter (where l.grieves) as again,
    coalesce(max(l.said_at) filter (where l.good and not l.against) > max(l.said_at) filter (where l.against or l.unsolved), false) as content
  from firsts f join told l on l.customer = f.customer and l.said_at >= f.said_at and l.said_at <= ${followed('f.said_at')}
  group by f.id, f.customer, f.said_at, f.segment, f.city, f.district
), staged as (
  select *, case when pending then 'pending' when complained then 'complained' when not spoke then 'silent' when again then 'escalated'
    when content then 'satisfied' else 'quiet' end as stage from followed
)`;
}

/** An effect that was noted of a recording: at once, or when somebody asked after it. */
export interface SeenEffect {
  readonly voice: number;
  readonly customer: string;
  readonly atMs: number;
  /** All of it, and the customer is content. */
  readonly solved: boolean;
}

/** Bound as three texts, so that a hundred thousand of them are three parameters. */
function effectRows(effects: readonly SeenEffect[], text: (value: string) => string): string {
  if (effects.length === 0)
    return `select 0::bigint as voice, ''::varchar as customer, timestamp '1970-01-01' as seen_at, false as solved where false`;
  const column = (values: readonly (string | number)[]): string => `unnest(string_split(${text(values.join(BETWEEN))}, '${BETWEEN}'))`;
  return `select voice::bigint as voice, customer, epoch_ms(seen_at::bigint) as seen_at, solved = '1' as solved from (select ${column(effects.map((one) => one.voice))} as voice,
    ${column(effects.map((one) => one.customer))} as customer, ${column(effects.map((one) => one.atMs))} as seen_at, ${column(effects.map((one) => (one.solved ? 1 : 0)))} as solved)`;
}

/** Which segments customers are told by: the rules of the pack, or what the newest run of another scheme says. */
export interface SegmentedBy {
  readonly scheme: SchemeId;
  readonly rules: readonly RuleSegment[];
}

const segmentOf = ({ scheme, rules }: SegmentedBy, text: (value: string) => string): string =>
  scheme === 'rules' ? segmentCase(rules, text) : DIMENSION_OF[scheme];

/** The rule segments as the pack lists them: the first that fits. */
function segmentCase(segments: readonly RuleSegment[], text: (value: string) => string): string {
  if (segments.length === 0) return 'null::varchar';
  const fits = (column: string, values: readonly string[]): string =>
    values.length === 0 ? 'true' : `${column} in (${values.map(text).join(', ')})`;
  const cases = segments.map((one) => `when ${fits('brand', one.brands)} and ${fits('value_tier', one.tiers)} then ${text(one.id)}`);
  return `case ${cases.join(' ')} end`;
}

/** Customers by stage and group. */
export const countsOf = (cte: string): string =>
  `${cte} select stage, segment, city, district, count(*) as n from staged group by stage, segment, city, district`;

/** The first signs of one part, newest first: as many voices as its figure counts customers. */
export function partOf(cte: string, part: FunnelPart, bind: Binder['bind']): string {
  const equals = (column: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [value === '' ? `${column} is null` : `${column} = ${bind(value, 'text')}`];
  const stages =
    part.stage === 'all' ? FUNNEL_STAGES : part.stage === 'spoke' ? FUNNEL_STAGES.filter((one) => one !== 'silent') : [part.stage];
  const conditions = [
    `stage in (${stages.map((one) => bind(one, 'text')).join(', ')})`,
    ...equals('segment', part.segment),
    ...equals('city', part.city),
    ...equals('district', part.district),
  ];
  return (
    `${cte}, part as materialized (select id, said_at from staged where ${conditions.join(' and ')})` +
    ` select id, (select count(*) from part) as total from part order by said_at desc, id desc`
  );
}
