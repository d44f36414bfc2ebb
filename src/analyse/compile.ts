import type { Problem } from '../model/problem.ts';
import type { AnswerColumn, Filter, Question } from '../model/question.ts';
import type { ScopeFilter } from '../model/scope.ts';
import type { WarehouseDialect, WarehouseValue } from '../platform/warehouse/warehouse.ts';
import { type Binder, type Condition, binder, printConditions, printRef, scopeConditions } from './conditions.ts';
import { type CompileOptions, type Plan, planOf } from './plan.ts';
import { readFilters, windowCondition } from './read-filters.ts';

export type Compiled =
  | {
      readonly kind: 'ok';
      readonly sql: string;
      readonly params: readonly WarehouseValue[];
      /** In the order of the statement's columns, which are called c0, c1 …; then `total_rows`. */
      readonly columns: readonly AnswerColumn[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** A question and the viewer's scope as one SELECT: names from the declared vocabulary, every value bound. */
export function compile(question: Question, scope: ScopeFilter, dialect: WarehouseDialect, options: CompileOptions): Compiled {
  const planned = planOf(question, scope, options);
  if (planned.kind === 'problems') return planned;
  const values = binder(dialect);
  return { kind: 'ok', sql: printPlan(planned.plan, dialect, values.bind), params: values.params, columns: planned.plan.columns };
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
  if (plan.previous !== null)
    parts.push(`past_rows as (${printVoices(plan, plan.previous.voices, plan.previous.lengthMs, dialect, bind)})`);
  if (plan.previous?.subscribers) parts.push(`past_base as (${printSubscribers(plan, shared, plan.previous.subscribers, dialect, bind)})`);
  const sources = ['now_rows', ...(plan.previous === null ? [] : ['past_rows']), ...(silentToo ? ['now_base'] : [])];
  parts.push(`groups as (${sources.map((name) => `select ${keyList(keys)} from ${name}`).join(' union ')})`);
  const joins = [
    join('now_rows', 'n', keys, dialect),
    ...(plan.subscribers === null ? [] : [join('now_base', 'nb', shared, dialect)]),
    ...(plan.previous === null ? [] : [join('past_rows', 'p', keys, dialect)]),
    ...(plan.previous?.subscribers ? [join('past_base', 'pb', shared, dialect)] : []),
  ];
  return [
    `with ${parts.join(',\n')}`,
    `select ${[...selected(plan), 'count(*) over () as total_rows'].join(', ')}`,
    `from groups g ${joins.join(' ')}`,
    `order by ${orderTerms(plan)}`,
    `limit ${plan.limit}`,
  ].join('\n');
}

const keyList = (keys: readonly number[]): string => (keys.length === 0 ? '0 as k' : keys.map((i) => `k${i}`).join(', '));

function join(table: string, alias: string, keys: readonly number[], dialect: WarehouseDialect): string {
  const on = keys.length === 0 ? 'true' : keys.map((i) => dialect.same(`g.k${i}`, `${alias}.k${i}`)).join(' and ');
  return `left join ${table} ${alias} on ${on}`;
}

const AGGREGATES: Readonly<Record<string, string>> = {
  customers: 'count(distinct customer)',
  complaints: `count(*) filter (where kind = 'complaint')`,
  grievances: `count(*) filter (where kind = 'grievance')`,
  mean_score: 'avg(score)',
};

function printVoices(
  plan: Plan,
  where: readonly Condition[],
  movedMs: number | null,
  dialect: WarehouseDialect,
  bind: Binder['bind'],
): string {
  const needsMove = movedMs !== null && plan.by.some((d) => d.ref.kind === 'bucket');
  const local = needsMove ? dialect.moved('said_local', bind(movedMs, 'whole')) : 'said_local';
  const keys = plan.by.map((d, i) => `${printRef(d.ref, dialect, bind, local)} as k${i}`);
  const numbers = plan.measures.flatMap((m) => (AGGREGATES[m.name] === undefined ? [] : [`${AGGREGATES[m.name]} as ${m.name}`]));
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
    return `${found === undefined ? 'null' : printRef(found.ref, dialect, bind)} as k${i}`;
  });
  return (
    `select ${[...keys, 'count(*) as subscribers'].join(', ')} from subscriber_rows` +
    ` where ${printConditions(where, dialect, bind)}${groupBy(keys.length)}`
  );
}

const groupBy = (count: number): string =>
  count === 0 ? '' : ` group by ${Array.from({ length: count }, (_, i) => String(i + 1)).join(', ')}`;

function selected(plan: Plan): readonly string[] {
  const expressions = [
    ...plan.by.map((_, i) => `g.k${i}`),
    ...plan.measures.flatMap((m) => {
      const now = measureSql(m.name, 'n', 'nb');
      if (plan.previous === null) return [now];
      const past = measureSql(m.name, 'p', 'pb');
      return [now, past, `(${now} - ${past}) * 1.0 / nullif(${past}, 0)`];
    }),
  ];
  return expressions.map((expression, i) => `${expression} as c${i}`);
}

function measureSql(name: string, rows: string, base: string): string {
  switch (name) {
    case 'share':
      return `coalesce(${rows}.voices, 0) * 1.0 / nullif(sum(${rows}.voices) over (), 0)`;
    case 'per_10k_subscribers':
      return `coalesce(${rows}.voices, 0) * 10000.0 / nullif(${base}.subscribers, 0)`;
    case 'subscribers':
      return `coalesce(${base}.subscribers, 0)`;
    case 'mean_score':
      return `${rows}.mean_score`;
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
