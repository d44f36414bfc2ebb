import type { Names } from './question.ts';

/** What a reader must know before believing a comparison; each is raised by the data alone. */
export const CAVEATS = {
  sample_ratio: {
    zh: '各组人数与应有的比例不符（p < 0.01）：分组或数据有缺失，先查清再看效果。',
    en: 'The arms do not hold the shares they should (p < .01): assignment or data went wrong; find out before reading the effect.',
  },
  imbalance: {
    zh: '两组在开始前就不一样（Holm p < 0.001，或标准化差异 > 0.1 且 Holm p < 0.05）：差别可能来自人，而不是做法；应按该特征分层再看。',
    en: 'The groups were not alike before the start (Holm p < .001, or standardised difference > .1 with Holm p < .05): the difference may be the people, not the treatment; look again within strata of that trait.',
  },
  imbalance_by_chance: {
    zh: '有特征的标准化差异大于 0.1，但人数这么少，偶然就能造成（Holm p ≥ 0.05）；请按该特征分层调整后再看。',
    en: 'A trait differs by more than .1 standardised, though chance explains it in so small groups (Holm p ≥ .05): adjust for it by strata.',
  },
  balance_not_checked: {
    zh: '没有给出开始前的特征，无法证明两组相同。',
    en: 'No trait from before the start was given, so nothing shows that the groups were alike.',
  },
  no_pre_period: {
    zh: '没有开始前的同一指标，不能做双重差分，也不能扣除原有差别。',
    en: 'The metric before the start is not there: no difference in differences, and old differences cannot be taken off.',
  },
  repeated_months: {
    zh: '同一批人逐期重复出现，而人数没有减少：离开的人不能再次离开，各期也不相互独立；应以生存分析为准。',
    en: 'The same people come back in every period and their number does not shrink: who left cannot leave again, and the periods are not independent; read the survival analysis instead.',
  },
  repeated_customers: {
    zh: '同一客户有多行：区间按行计算，会偏窄；请每客户一行，或按期分层。',
    en: 'Customers have several rows: intervals count rows and are too narrow; give one row per customer, or stratify by period.',
  },
  no_n: {
    zh: '该指标只有比率，没有人数，算不出区间；需要的人数见“需要”。',
    en: 'The metric comes as bare rates without a number of customers: no interval can be given; see how many would be needed.',
  },
  direction_not_stated: {
    zh: '没有说明指标是高好还是低好，因此不判“更好”或“更差”。',
    en: 'It was not stated whether up or down is good, so nothing is called better or worse.',
  },
  strata_differ: {
    zh: '各层的效果不一致（同质性 p < 0.05）：总的一个数字掩盖了差别，请逐层看。',
    en: 'The strata do not agree (homogeneity p < .05): one common figure hides that; read them one by one.',
  },
  strata_apart: {
    zh: '没有一层同时有两组的客户：层内无从比较；请换分层字段或不分层再看。',
    en: 'No stratum holds customers of both arms, so nothing can be compared within strata: choose another stratum or none.',
  },
  peeking: {
    zh: '只在“看一次”的前提下显著；若中途看过结果，请以随时有效区间为准，它包含 0。',
    en: 'Significant only if it was looked at once; whoever looked on the way must use the always-valid interval, which holds 0.',
  },
  few_events: {
    zh: '有一组的发生数少于 10（或未发生数少于 10），近似不可靠。',
    en: 'An arm has fewer than 10 events (or non-events): the approximations are not reliable.',
  },
  small_sample: {
    zh: '有一组少于 30 人，近似不可靠。',
    en: 'An arm has fewer than 30 customers: the approximations are not reliable.',
  },
  rates_rounded: {
    zh: '人数由取整后的比率推算，z 值会随取整而变动。',
    en: 'Counts were taken from rounded rates, so z moves with the rounding.',
  },
  multiple_metrics: {
    zh: '同时比较了多个指标或多个组，p 值已按 Holm 校正。',
    en: 'Several metrics or arms were compared; p is corrected for that (Holm).',
  },
  metric_missing: {
    zh: '部分客户没有指标值，已排除；若两组缺失比例不同，结果会有偏。',
    en: 'Some customers have no value of the metric and are left out; where that differs between the arms, the result is biased.',
  },
  arm_missing: { zh: '部分行没有组别，已排除。', en: 'Some rows name no arm and are left out.' },
  rows_left_out: { zh: '部分行无法读取，已排除。', en: 'Some rows could not be read and are left out.' },
  known_after: {
    zh: '有的特征一出现就决定了指标，应是事后才知道的，未用于细分增益。',
    en: 'Some features decide the metric where they occur, so they were known only after it; they are kept out of the uplift model.',
  },
  heavy_tail: {
    zh: '少数极大值决定了均值，区间对它们敏感。',
    en: 'A few very large values make the mean; the interval depends on them.',
  },
} as const satisfies Readonly<Record<string, Names>>;

export type Caveat = keyof typeof CAVEATS;

export const VERDICTS = {
  better: { zh: '更好', en: 'better' },
  worse: { zh: '更差', en: 'worse' },
  different: { zh: '有差别（未说明方向）', en: 'different (direction not stated)' },
  no_difference_found: { zh: '未发现差别', en: 'no difference found' },
  not_comparable: { zh: '两组不可比', en: 'the groups cannot be compared as they are' },
  not_enough_data: { zh: '数据不足', en: 'not enough data' },
} as const satisfies Readonly<Record<string, Names>>;

export type Verdict = keyof typeof VERDICTS;

/** What a running experiment's own columns are called; a table's are called as they stand there. */
const COLUMNS: Readonly<Record<string, Names>> = {
  brand: { zh: '品牌', en: 'Brand' },
  value_tier: { zh: '价值等级', en: 'Value tier' },
  age_band: { zh: '年龄段', en: 'Age' },
  city: { zh: '地市', en: 'City' },
  tenure_months: { zh: '在网月数', en: 'Months with us' },
  complaints_before: { zh: '此前投诉', en: 'Complaints before' },
  grievances_before: { zh: '此前抱怨', en: 'Grievances before' },
};

/** A column, or one value of it (`brand=…`), as people call it. */
export function columnNames(column: string): Names {
  const [field = '', ...value] = column.split('=');
  const names = Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : undefined;
  const rest = value.length === 0 ? '' : `=${value.join('=')}`;
  return names === undefined ? { zh: column, en: column } : { zh: names.zh + rest, en: names.en + rest };
}
