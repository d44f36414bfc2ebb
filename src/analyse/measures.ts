import type { Names } from '../model/question.ts';
import type { Measure } from '../model/vocabulary.ts';

type Words = readonly [zh: string, en: string];
const names = ([zh, en]: Words): Names => ({ zh, en });
const measure = (
  name: string,
  unit: Measure['unit'],
  called: Words,
  help: Words,
  formula: Words,
  more: { readonly base?: Words; readonly leavesOut?: Words; readonly opens?: Words } = {},
): Measure => ({
  name,
  unit,
  names: names(called),
  help: names(help),
  formula: names(formula),
  base: more.base === undefined ? null : names(more.base),
  leavesOut: more.leavesOut === undefined ? null : names(more.leavesOut),
  opens: more.opens === undefined ? null : names(more.opens),
});

const ROW_BASE: Words = ['本行的声音量', 'The voices of the row'];
const SUBSCRIBER_BASE: Words = [
  '期间内在网的用户，只按用户也具有的条件与维度（区域、产品、套餐、品牌、年龄段、价值、VPMN 群）限定；按渠道、类型等看时分母仍是全部用户。',
  'Subscriptions active in the period, narrowed and split only by what subscribers have too (region, product, plan, brand, age band, value, VPMN group); by channel or kind the base stays whole.',
];

export const MEASURES: readonly Measure[] = [
  measure(
    'voices',
    'count',
    ['声音量', 'Voices'],
    ['客户声音条数，按客户诉说时间统计。', 'Number of voices, by the time they were said.'],
    ['条数', 'Count of voices'],
    { leavesOut: ['重复导入的声音只算一次；权限之外的不计。', 'Duplicates count once; voices outside your data scope are left out.'] },
  ),
  measure(
    'customers',
    'count',
    ['客户数', 'Customers'],
    ['发声的不同客户数；无客户编号的声音不计入。', 'Distinct customers who spoke; voices without a customer are not counted.'],
    ['不同客户编号的个数', 'Count of distinct customer numbers'],
    {
      leavesOut: ['没有客户编号的声音。', 'Voices without a customer number.'],
      opens: [
        '打开这些客户的全部声音（有客户编号的），条数通常多于客户数。',
        'Opens all voices of these customers (those with a customer number), usually more than the customers.',
      ],
    },
  ),
  measure(
    'complaints',
    'count',
    ['投诉量', 'Complaints'],
    ['类型为“投诉”的声音条数。', 'Voices of the kind complaint.'],
    ['类型 = 投诉 的条数', 'Count where kind = complaint'],
    { leavesOut: ['抱怨、咨询、报障等其他类型。', 'Grievances, consultations, faults and other kinds.'] },
  ),
  measure(
    'complaint_share',
    'share',
    ['投诉率', 'Complaint share'],
    ['每一百条声音里有多少条是投诉。', 'How many of a hundred voices are complaints.'],
    ['投诉量 ÷ 声音量', 'Complaints ÷ voices'],
    { base: ROW_BASE, opens: ['打开分子：投诉。', 'Opens the numerator: the complaints.'] },
  ),
  measure(
    'grievances',
    'count',
    ['抱怨量', 'Grievances'],
    ['类型为“抱怨”的声音条数。', 'Voices of the kind grievance.'],
    ['类型 = 抱怨 的条数', 'Count where kind = grievance'],
  ),
  measure(
    'share',
    'share',
    ['占比', 'Share'],
    ['本行声音量 ÷ 本次查询条件与数据权限内的全部声音量。', 'Voices of the row ÷ all voices within the filters and your data scope.'],
    ['本行声音量 ÷ 全部声音量（限行数之前）', 'Voices of the row ÷ all voices (before the row limit)'],
    {
      base: ['筛选与权限内的全部声音', 'All voices within the filters and your data scope'],
      opens: ['打开分子：本行的声音。', 'Opens the numerator: the voices of the row.'],
    },
  ),
  measure(
    'per_10k_subscribers',
    'rate',
    ['万户声音量', 'Per 10k subscribers'],
    [
      '声音量 ÷ 用户数 × 10,000。用户数：期间内在网的用户，只按用户也具有的条件与维度（区域、产品、套餐、品牌、年龄段、价值、VPMN 群）限定；用户数为 0 时为空。',
      'Voices ÷ subscribers × 10,000. Subscribers: active in the period, narrowed and split only by what subscribers have too ' +
        '(region, product, plan, brand, age band, value, VPMN group); empty when there are none.',
    ],
    ['声音量 ÷ 用户数 × 10,000', 'Voices ÷ subscribers × 10,000'],
    {
      base: SUBSCRIBER_BASE,
      leavesOut: ['没有用户的行为空，不当作 0。', 'Rows without subscribers are empty, not 0.'],
      opens: ['打开分子：本行的声音；分母见“用户数”。', 'Opens the numerator: the voices of the row; the base is the measure Subscribers.'],
    },
  ),
  measure(
    'subscribers',
    'count',
    ['用户数', 'Subscribers'],
    ['期间内在网的用户数，口径同“万户声音量”的分母。', 'Subscriptions active in the period: the base of the rate per 10k.'],
    ['期间内在网的用户个数', 'Count of subscriptions active in the period'],
    { leavesOut: SUBSCRIBER_BASE, opens: ['用户不是声音，不能打开。', 'Subscriptions are not voices; nothing opens.'] },
  ),
  measure(
    'mean_score',
    'score',
    ['平均评分', 'Mean score'],
    ['有评分的声音的评分平均值。', 'Mean score of the voices that carry one.'],
    ['评分之和 ÷ 有评分的声音量', 'Sum of scores ÷ voices with a score'],
    {
      base: ['有评分的声音', 'Voices that carry a score'],
      leavesOut: ['没有评分的声音。', 'Voices without a score.'],
      opens: ['打开有评分的声音。', 'Opens the voices that carry a score.'],
    },
  ),
  measure(
    'unmapped',
    'count',
    ['未归类量', 'Unmapped'],
    ['系统没有把握、未归入任何原因的声音条数。', 'Voices that the reader was not sure enough of to file under a cause.'],
    ['问题小类为空的条数', 'Count without a category'],
  ),
  measure(
    'unmapped_share',
    'share',
    ['未归类率', 'Unmapped share'],
    [
      '未归类的声音占本行声音的比例；越高，知识地图的缺口越大。',
      'Unmapped voices among those of the row: the larger, the bigger the gap in the knowledge map.',
    ],
    ['未归类量 ÷ 声音量', 'Unmapped ÷ voices'],
    { base: ROW_BASE, opens: ['打开分子：未归类的声音。', 'Opens the numerator: the unmapped voices.'] },
  ),
  measure(
    'mean_confidence',
    'share',
    ['平均把握', 'Mean confidence'],
    [
      '系统对已归类声音的把握的平均值（它自己估计归对的概率）。',
      'Mean of the reader’s own estimate that the category is right, over mapped voices.',
    ],
    ['把握之和 ÷ 已归类的声音量', 'Sum of confidences ÷ mapped voices'],
    {
      base: ['已归类的声音', 'Mapped voices'],
      leavesOut: ['未归类的声音。', 'Unmapped voices.'],
      opens: ['打开已归类的声音。', 'Opens the mapped voices.'],
    },
  ),
];

const BY_NAME = new Map(MEASURES.map((m) => [m.name, m]));
export const measureOf = (name: string): Measure | undefined => BY_NAME.get(name);
