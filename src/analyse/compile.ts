import type { Problem } from '../model/problem.ts';
import type { AnswerColumn, Filter, Question } from '../model/question.ts';
import type { ScopeFilter } from '../model/scope.ts';
import type { WarehouseDialect, WarehouseValue } from '../platform/warehouse/warehouse.ts';
import { type Binder, type Condition, binder, printConditions, printKey, scopeConditions } from './conditions.ts';
import { boundText } from './local-time.ts';
import { type CompileOptions, type Plan, planOf } from './plan.ts';
import { readFilters, windowCondition } from './read-filters.ts';

export type Compiled =
  | {
      readonly kind: 'ok';
      readonly sql: string;
      readonly params: readonly WarehouseValue[];
      /** In the order of the statement's columns, which are called c0, c1 …; then `total_rows`. */
      readonly columns: readonly AnswerColumn[];
      readonly previous: { readonly from: string; readonly before: string } | null;
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** A question and the viewer's scope as one SELECT: names from the declared vocabulary, every value bound. */
export function compile(question: Question, scope: ScopeFilter, dialect: WarehouseDialect, options: CompileOptions): Compiled {
  const planned = planOf(question, scope, options);
  if (planned.kind === 'problems') return planned;
  const values = binder(dialect);
  const { columns, previous } = planned.plan;
  const window = previous === null ? null : { from: boundText(previous.window.from), before: boundText(previous.window.before) };
  return { kind: 'ok', sql: printPlan(planned.plan, dialect, values.bind), params: values.params, columns, previous: window };
}

/** The voices that filters open, within scope, as a condition of `voice_rows`. */
export function compileWhere(
  where: readonly Filter[],
  scope: ScopeFilter,
  dialect: WarehouseDialect,
  values: Binder,
): { readonly kind: 'ok'; readonly sql: string } | { readonly kind: 'problems'; readonly problems: readonly Problem[] } {
  const filters = readFilters(where);
  if (filters.problems.length > 0) return { kind: 'problems', problems: filters.problems };
  const conditions: readonly Condition[] = [...scopeConditions(scope), ...filters.conditions, ...filters.windows.flatMap(windowCondition)];
  return { kind: 'ok', sql: printConditions(conditions, dialect, values.bind) };
}

function printPlan(plan: Plan, dialect: WarehouseDialect, bind: Binder['bind']): string {
  const keys = plan.by.map((_, i) => i);
  const shared = keys.filter((i) => plan.by[i]?.ofSubscribers === true);
  // A question for subscribers themselves also lists the groups in which nobody spoke.
  const silentToo = plan.subscribers !== null && shared.length === keys.length && plan.measures.some((m) => m.name === 'subscribers');
  const parts = [`now_rows as (${printVoices(plan, plan.voices, null, dialect, bind)})`];
  if (plan.subscribers !== null) parts.push(`now_base as (${printSubscribers(plan, shared, plan.subscribers, dialect, bind)})`);
  if (plan.previous !== null) parts.push(`past_rows as (${printVoices(plan, plan.previous.voices, plan.previous.movedMs, dialect, bind)})`);
  if (plan.previous?.subscribers) parts.push(`past_base as (${printSubscribers(plan, shared, plan.previous.subscribers, dialect, bind)})`);
  const sources = ['now_rows', ...(plan.previous === null ? [] : ['past_rows']), ...(silentToo ? ['now_base'] : [])];
  // Nearly always the rows counted are all the groups there are; joining them to themselves doubled small questions.
  const groups = sources.length === 1 ? 'n' : 'g';
  if (groups === 'g') parts.push(`groups as (${sources.map((name) => `select ${keyList(keys)} from ${name}`).join(' union ')})`);
  const join = (table: string, alias: string, on: readonly number[]): string => joined(table, alias, groups, on, dialect);
  const joins = [
    groups === 'n' ? 'now_rows n' : `groups g ${join('now_rows', 'n', keys)}`,
    ...(plan.subscribers === null ? [] : [join('now_base', 'nb', shared)]),
    ...(plan.previous === null ? [] : [join('past_rows', 'p', keys)]),
    ...(plan.previous?.subscribers ? [join('past_base', 'pb', shared)] : []),
  ];
  // Totals are asked for and not counted by windows: over few rows those can bring the engine down (duckdb/duckdb#22352).
  parts.push(`listed as materialized (select ${selected(plan, groups, dialect).join(', ')} from ${joins.join(' ')})`);
  return [
    `with ${parts.join(',\n')}`,
    'select *, (select count(*) from listed) as total_rows',
    'from listed',
    `order by ${orderTerms(plan)}`,
    `limit ${plan.limit}`,
  ].join('\n');
}

const keyList = (keys: readonly number[]): string => (keys.length === 0 ? '0 as k' : keys.map((i) => `k${i}`).join(', '));

function joined(table: string, alias: string, groups: string, keys: readonly number[], dialect: WarehouseDialect): string {
  const on = keys.length === 0 ? 'true' : keys.map((i) => dialect.same(`${groups}.k${i}`, `${alias}.k${i}`)).join(' and ');
  return `left join ${table} ${alias} on ${on}`;
}

const AGGREGATES: Readonly<Record<string, string>> = {
  customers: 'count(distinct customer)',
  complaints: `count(*) filter (where kind = 'complaint')`,
  grievances: `count(*) filter (where kind = 'grievance')`,
  mean_score: 'avg(score)',
  unmapped: 'count(*) filter (where category is null)',
  // Rounded, so that the order in which rows came in does not show: sums of fractions differ in their last digits.
  mean_confidence: 'round(avg(confidence) filter (where category is not null), 9)',
};
/** Shares are made of a count that stands in the same rows. */
const COUNT_OF_SHARE: Readonly<Record<string, string>> = { complaint_share: 'complaints', unmapped_share: 'unmapped' };

function printVoices(
  plan: Plan,
  where: readonly Condition[],
  movedMs: number | null,
  dialect: WarehouseDialect,
  bind: Binder['bind'],
): string {
  const needsMove = movedMs !== null && plan.by.some((d) => d.ref.kind === 'bucket');
  const local = needsMove ? dialect.moved('said_local', bind(movedMs, 'whole')) : 'said_local';
  const keys = plan.by.map((d, i) => `${printKey(d.ref, dialect, bind, local)} as k${i}`);
  const counted = [...new Set(plan.measures.map((m) => COUNT_OF_SHARE[m.name] ?? m.name))];
  const numbers = counted.flatMap((name) => (AGGREGATES[name] === undefined ? [] : [`${AGGREGATES[name]} as ${name}`]));
  return (
    `select ${[...keys, 'count(*) as voices', ...numbers].join(', ')} from voice_rows` +
    ` where ${printConditions(where, dialect, bind)}${groupBy(keys.length)}`
  );
}

function printSubscribers(
  plan: Plan,
  shared: readonly number[],
  where: readonly Condition[],
  dialect: WarehouseDialect,
  bind: Binder['bind'],
): string {
  const keys = shared.map((i) => {
    const found = plan.by[i];
    return `${found === undefined ? 'null' : printKey(found.ref, dialect, bind)} as k${i}`;
  });
  return (
    `select ${[...keys, 'count(*) as subscribers'].join(', ')} from subscriber_rows` +
    ` where ${printConditions(where, dialect, bind)}${groupBy(keys.length)}`
  );
}

const groupBy = (count: number): string =>
  count === 0 ? '' : ` group by ${Array.from({ length: count }, (_, i) => String(i + 1)).join(', ')}`;

/** Times are counted as times and written as text once a group: as text, each row was formatted. */
function selected(plan: Plan, groups: string, dialect: WarehouseDialect): readonly string[] {
  const expressions = [
    ...plan.by.map(({ ref }, i) => (ref.kind === 'bucket' ? dialect.bucketText(ref.unit, `${groups}.k${i}`) : `${groups}.k${i}`)),
    ...plan.measures.flatMap((m) => {
      const now = measureSql(m.name, 'n', 'nb');
      if (plan.previous === null) return [now];
      const past = measureSql(m.name, 'p', 'pb');
      return [now, past, `(${now} - ${past}) * 1.0 / nullif(${past}, 0)`];
    }),
  ];
  return expressions.map((expression, i) => `${expression} as c${i}`);
}

function measureSql(name: string, rows: 'n' | 'p', base: string): string {
  switch (name) {
    case 'share':
      return `coalesce(${rows}.voices, 0) * 1.0 / nullif((select sum(voices) from ${rows === 'n' ? 'now_rows' : 'past_rows'}), 0)`;
    case 'per_10k_subscribers':
      return `coalesce(${rows}.voices, 0) * 10000.0 / nullif(${base}.subscribers, 0)`;
    case 'subscribers':
      return `coalesce(${base}.subscribers, 0)`;
    case 'mean_score':
    case 'mean_confidence':
      return `${rows}.${name}`;
    case 'complaint_share':
    case 'unmapped_share':
      return `${rows}.${COUNT_OF_SHARE[name]} * 1.0 / nullif(${rows}.voices, 0)`;
    default:
      return `coalesce(${rows}.${name}, 0)`;
  }
}

function orderTerms(plan: Plan): string {
  const terms = plan.order.map(({ column, descending }) => {
    const index = plan.columns.findIndex((c) => c.name === column);
    return `c${index} ${descending ? 'desc' : 'asc'} nulls last`;
  });
  return terms.length === 0 ? 'c0' : terms.join(', ');
}
