import type { Filter, Question } from '../../src/model/question.ts';

/** What analysts ask: two dimensions and three filters each. `distinct` also counts customers, which no pre-computed sum could answer. */
export interface Case {
  readonly name: string;
  readonly by: readonly [string, string];
  readonly where: readonly [Filter, Filter, Filter, ...Filter[]];
  readonly distinct: boolean;
}

const during = (from: string, before: string): Filter => ({ field: 'said_at', from, before });
const is = (field: string, ...values: string[]): Filter => ({ field, in: values });
const ALL = during('2024-01-01', '2027-01-01');
const YEAR = during('2025-01-01', '2026-01-01');
const HALF = during('2025-07-01', '2026-01-01');
const MONTH = during('2025-03-01', '2025-04-01');

const plain = (name: string, by: Case['by'], where: Case['where'], distinct = false): Case => ({ name, by, where, distinct });

export const QUESTIONS: readonly Case[] = [
  plain('complaints per city and cause, three years', ['city', 'category_1'], [ALL, is('kind', 'complaint'), is('language', 'zh')]),
  plain('days by channel of one product', ['day', 'channel'], [YEAR, is('product', 'broadband'), is('kind', 'complaint', 'fault')]),
  plain('months by cause of anger', ['month', 'category_2'], [ALL, is('feeling', 'angry'), is('channel', 'hotline', 'app')]),
  plain('districts by stage, half a year', ['district', 'stage'], [HALF, is('category_1', 'g1', 'g2'), is('kind', 'grievance')], true),
  plain('communities by cause in a city', ['community', 'category'], [YEAR, is('city', 'c3'), is('feeling', 'angry', 'negative')]),
  plain('plans by age', ['plan', 'age_band'], [ALL, is('kind', 'complaint'), is('value_tier', '高')], true),
  plain('departments by week', ['week', 'department'], [YEAR, is('kind', 'complaint', 'grievance'), is('language', 'zh')]),
  plain('units by stage of a month', ['unit', 'stage'], [MONTH, is('channel', 'hall'), is('kind', 'complaint', 'grievance')]),
  plain(
    'customers per city and tier',
    ['city', 'value_tier'],
    [ALL, is('kind', 'complaint', 'grievance', 'fault'), is('language', 'zh')],
    true,
  ),
  plain(
    'customers per cause and brand',
    ['category_1', 'brand'],
    [YEAR, is('feeling', 'angry', 'negative'), is('channel', 'hotline')],
    true,
  ),
  plain('an attribute by product', ['attr:level', 'product'], [HALF, is('kind', 'complaint'), is('city', 'c0', 'c1', 'c2')]),
  plain('hours by channel of a month', ['hour', 'channel'], [MONTH, is('kind', 'fault'), is('product', 'mobile', 'broadband')]),
  plain('bearer by support of angry calls', ['bearer', 'support'], [ALL, is('feeling', 'angry'), is('channel', 'hotline')]),
  plain('agents by status of a unit’s month', ['agent', 'status'], [MONTH, is('city', 'c0'), is('channel', 'hotline')]),
  plain('recorded against read causes', ['recorded_category', 'category_1'], [YEAR, is('source', 'so_1'), is('language', 'zh')]),
  plain(
    'quarters by feeling of one cause',
    ['quarter', 'feeling'],
    [ALL, is('category_2', 'g0/h1'), is('kind', 'complaint', 'grievance')],
    true,
  ),
  plain('cities by plan, no product filter', ['city', 'plan'], [ALL, is('feeling', 'neutral', 'negative', 'angry'), is('language', 'zh')]),
  plain('products by feeling of two quarters', ['product', 'feeling'], [HALF, is('language', 'zh'), is('kind', 'complaint', 'grievance')]),
  plain('stages by source of the serious ones', ['stage', 'source'], [YEAR, is('feeling', 'angry'), is('value_tier', '高', '中')]),
  plain('customers per stage of a month', ['stage', 'channel'], [MONTH, is('kind', 'complaint', 'grievance'), is('language', 'zh')], true),
  plain('causes by age of one product', ['category_2', 'age_band'], [ALL, is('product', 'iptv'), is('kind', 'fault', 'complaint')]),
  plain('hours by kind of one city', ['hour', 'kind'], [during('2025-06-01', '2025-06-08'), is('city', 'c1'), is('language', 'zh')]),
  plain('districts of one cause by week', ['week', 'district'], [HALF, is('category', 'g0/h0/k0'), is('feeling', 'negative', 'angry')]),
  plain('districts by day of a month', ['day', 'district'], [MONTH, is('kind', 'complaint'), is('language', 'zh')]),
];

const said = (text: string): Filter => ({ text });
export const WITH_KEYWORD: readonly Case[] = [
  plain('a word over three years per city and kind', ['city', 'kind'], [ALL, is('language', 'zh'), said('实名制')]),
  plain('a word per month and cause', ['month', 'category_1'], [ALL, is('kind', 'complaint', 'grievance'), said('退还')], true),
  plain('two words per week and channel', ['week', 'channel'], [YEAR, is('language', 'zh'), said('断断续续 上门')]),
  plain('a rare word per district and stage', ['district', 'stage'], [ALL, is('language', 'zh'), said('单号77777')]),
  plain('a word per community of a city', ['community', 'feeling'], [YEAR, is('city', 'c0'), said('国际漫游')]),
  plain('a word of a month per day and city', ['day', 'city'], [MONTH, is('kind', 'complaint', 'grievance'), said('掉线')]),
  plain('a word per stage and unit of a city', ['stage', 'unit'], [ALL, is('city', 'c1'), said('注销')]),
  plain('a word per plan and tier, customers', ['plan', 'value_tier'], [HALF, is('kind', 'complaint'), said('优惠')], true),
];

export const questionOf = ({ by, where, distinct }: Case): Question => ({
  measures: distinct ? ['voices', 'customers'] : ['voices'],
  by,
  where,
});

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const column = (name: string): string => ({ unit: 'unit_id' })[name] ?? name;

function keyOf(name: string, engine: 'duckdb' | 'postgres'): string {
  const units = ['hour', 'day', 'week', 'month', 'quarter', 'year'];
  if (units.includes(name)) return `date_trunc('${name}', said_local)`;
  if (!name.startsWith('attr:')) return column(name);
  return engine === 'duckdb' ? `attributes[${literal(name.slice(5))}]` : `attributes ->> ${literal(name.slice(5))}`;
}

function conditionOf(filter: Filter, engine: 'duckdb' | 'postgres'): string {
  if ('text' in filter) {
    const holds = (word: string): string =>
      engine === 'duckdb' ? `contains(text_masked, ${literal(word)})` : `text_masked like ${literal(`%${word}%`)}`;
    return filter.text.split(' ').map(holds).join(' and ');
  }
  if ('in' in filter) return `${column(filter.field)} in (${filter.in.map((value) => literal(value ?? '')).join(', ')})`;
  return `said_local >= timestamp ${literal(filter.from ?? '')} and said_local < timestamp ${literal(filter.before ?? '')}`;
}

/** The same question as somebody writes it by hand who knows the engine. */
export function byHand({ by, where, distinct }: Case, engine: 'duckdb' | 'postgres'): string {
  const keys = by.map((name, i) => `${keyOf(name, engine)} as k${i}`).join(', ');
  const customers = distinct ? ', count(distinct customer) as customers' : '';
  const conditions = where.map((filter) => conditionOf(filter, engine)).join(' and ');
  return `select ${keys}, count(*) as voices${customers} from voice_rows where ${conditions} group by 1, 2 order by voices desc, 1, 2 limit 1000`;
}
