import type { Problem } from '../../model/problem.ts';
import type { CompareAsk } from './compare-ask.ts';
import type { TrialTable } from './trial-table.ts';

const USES = {
  arm: { use: 'the arm', use_zh: '组别' },
  metric: { use: 'a metric', use_zh: '指标' },
  count: { use: 'the count', use_zh: '人数' },
  strata: { use: 'a stratum', use_zh: '分层' },
  balance: { use: 'a trait to balance', use_zh: '均衡检查' },
  features: { use: 'a feature', use_zh: '特征' },
  before: { use: 'the metric before', use_zh: '开始前的指标' },
} as const;
type Use = keyof typeof USES;

/** Every column that an ask names but the table does not have, and every column with two uses that exclude each other. */
export function askProblems(table: TrialTable, ask: CompareAsk): readonly Problem[] {
  const named: readonly (readonly [string, Use])[] = [
    [ask.arm, 'arm'],
    ...ask.metrics.map(({ column }) => [column, 'metric'] as const),
    ...(ask.count === undefined ? [] : [[ask.count, 'count'] as const]),
    ...ask.strata.map((column) => [column, 'strata'] as const),
    ...(ask.balance === 'all' ? [] : ask.balance.map((column) => [column, 'balance'] as const)),
    ...(ask.features === undefined || ask.features === 'all' ? [] : ask.features.map((column) => [column, 'features'] as const)),
    ...(ask.before === undefined ? [] : [[ask.before, 'before'] as const]),
  ];
  const columns = table.titles.map((title) => `“${title}”`).join(', ');
  const missing = named
    .filter(([column]) => !table.titles.includes(column))
    .map(([column, use]): Problem => ({ code: 'trial-column-missing', column, params: { columns, ...USES[use] } }));
  return [...missing, ...twice(named)];
}

const ALONE: readonly Use[] = ['arm', 'metric', 'count'];

function twice(named: readonly (readonly [string, Use])[]): readonly Problem[] {
  const problems: Problem[] = [];
  named.forEach(([column, use], i) => {
    const other = named.slice(0, i).find(([earlier, before]) => earlier === column && (ALONE.includes(use) || ALONE.includes(before)));
    if (other === undefined) return;
    problems.push({
      code: 'trial-column-twice',
      column,
      params: { ...USES[use], other: USES[other[1]].use, other_zh: USES[other[1]].use_zh },
    });
  });
  return problems;
}
