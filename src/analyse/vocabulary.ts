import type { Names } from '../model/question.ts';
import type { TimeUnit } from '../platform/warehouse/warehouse.ts';

/** Where a dimension's value stands in the wide rows. */
export type ColumnRef =
  | { readonly kind: 'column'; readonly column: string }
  /** `yes` or `no`: whether the column says anything. */
  | { readonly kind: 'known'; readonly column: string }
  | { readonly kind: 'bucket'; readonly unit: TimeUnit }
  | { readonly kind: 'attribute'; readonly attribute: string };

export type LabelSource =
  | 'kinds'
  | 'channels'
  | 'categories'
  | 'departments'
  | 'stages'
  | 'businesses'
  | 'supports'
  | 'bearers'
  | 'products'
  | 'feelings'
  | 'regions'
  | 'units'
  | 'sources'
  | 'answers'
  | 'statuses'
  | 'recorded'
  | 'segments'
  | 'temperaments'
  | 'clusters'
  | 'usage-groups';

export interface Dimension {
  readonly name: string;
  readonly names: Names;
  readonly group: 'voice' | 'cause' | 'place' | 'customer' | 'time' | 'attribute';
  readonly ref: ColumnRef;
  /** Subscriptions have it too, so a rate's base is narrowed and split by it. */
  readonly ofSubscribers: boolean;
  readonly labels: LabelSource | null;
}

type Group = Dimension['group'];
const dimension = (
  name: string,
  zh: string,
  en: string,
  group: Group,
  options: { column?: string; labels?: LabelSource; ofSubscribers?: boolean } = {},
): Dimension => ({
  name,
  names: { zh, en },
  group,
  ref: { kind: 'column', column: options.column ?? name },
  labels: options.labels ?? null,
  ofSubscribers: options.ofSubscribers ?? false,
});
const time = (unit: TimeUnit, zh: string, en: string): Dimension => ({
  name: unit,
  names: { zh, en },
  group: 'time',
  ref: { kind: 'bucket', unit },
  labels: null,
  ofSubscribers: false,
});
const known = (name: string, zh: string, en: string, group: Group, column: string): Dimension => ({
  name,
  names: { zh, en },
  group,
  ref: { kind: 'known', column },
  labels: 'answers',
  ofSubscribers: false,
});
const shared = { ofSubscribers: true } as const;

export const DIMENSIONS: readonly Dimension[] = [
  dimension('source', '来源', 'Source', 'voice', { labels: 'sources' }),
  dimension('channel', '渠道', 'Channel', 'voice', { labels: 'channels' }),
  dimension('kind', '类型', 'Kind', 'voice', { labels: 'kinds' }),
  dimension('feeling', '情绪', 'Feeling', 'voice', { labels: 'feelings' }),
  dimension('language', '语言', 'Language', 'voice'),
  dimension('status', '状态', 'Status', 'voice', { labels: 'statuses' }),
  known('score_known', '有无评分', 'Has a score', 'voice', 'score'),
  dimension('product', '产品', 'Product', 'voice', { ...shared, labels: 'products' }),
  dimension('plan', '套餐', 'Plan', 'voice', shared),
  dimension('category_1', '问题大类', 'Category, level 1', 'cause', { labels: 'categories' }),
  dimension('category_2', '问题中类', 'Category, level 2', 'cause', { labels: 'categories' }),
  dimension('category', '问题小类', 'Category, leaf', 'cause', { labels: 'categories' }),
  dimension('stage', '触点环节', 'Touchpoint stage', 'cause', { labels: 'stages' }),
  dimension('department', '责任部门', 'Department', 'cause', { labels: 'departments' }),
  dimension('business', '业务类型', 'Business type', 'cause', { labels: 'businesses' }),
  dimension('support', '支撑系统', 'Support system', 'cause', { labels: 'supports' }),
  dimension('bearer', '承载网络', 'Bearer network', 'cause', { labels: 'bearers' }),
  dimension('recorded_category', '原记录分类', 'Recorded category', 'cause', { labels: 'recorded' }),
  known('mapped', '有无归类', 'Mapped', 'cause', 'category'),
  dimension('city', '地市', 'City', 'place', { ...shared, labels: 'regions' }),
  dimension('district', '区县', 'District', 'place', { ...shared, labels: 'regions' }),
  dimension('community', '小区', 'Community', 'place', { ...shared, labels: 'regions' }),
  dimension('cell', '基站小区', 'Cell', 'place', { ...shared, labels: 'regions' }),
  dimension('unit', '受理单位', 'Unit', 'place', { column: 'unit_id', labels: 'units' }),
  dimension('agent', '坐席', 'Agent', 'place'),
  dimension('brand', '品牌', 'Brand', 'customer', shared),
  dimension('age_band', '年龄段', 'Age band', 'customer', shared),
  dimension('value_tier', '价值等级', 'Value tier', 'customer', shared),
  dimension('vpmn_group', 'VPMN 群', 'VPMN group', 'customer', shared),
  dimension('segment', '客群', 'Segment', 'customer', { ...shared, labels: 'segments' }),
  dimension('temperament', '性格类型', 'Temperament', 'customer', { ...shared, labels: 'temperaments' }),
  dimension('cluster', '聚类客群', 'Cluster', 'customer', { ...shared, labels: 'clusters' }),
  dimension('usage_group', '使用行为群', 'Usage group', 'customer', { ...shared, labels: 'usage-groups' }),
  known('customer_known', '有无客户编号', 'Has a customer', 'customer', 'customer'),
  time('hour', '小时', 'Hour'),
  time('day', '日', 'Day'),
  time('week', '周', 'Week'),
  time('month', '月', 'Month'),
  time('quarter', '季', 'Quarter'),
  time('year', '年', 'Year'),
];

/** What can be filtered but not grouped by. */
export type Field =
  | {
      readonly kind: 'value';
      readonly ref: ColumnRef;
      readonly type: 'text' | 'whole' | 'number';
      readonly ofSubscribers: boolean;
      readonly emptyIs: string | null;
    }
  | { readonly kind: 'time' };

const EXTRA: Readonly<Record<string, Field>> = {
  said_at: { kind: 'time' },
  id: { kind: 'value', ref: { kind: 'column', column: 'id' }, type: 'whole', ofSubscribers: false, emptyIs: null },
  score: { kind: 'value', ref: { kind: 'column', column: 'score' }, type: 'number', ofSubscribers: false, emptyIs: null },
  batch: { kind: 'value', ref: { kind: 'column', column: 'batch' }, type: 'text', ofSubscribers: false, emptyIs: null },
  customer: { kind: 'value', ref: { kind: 'column', column: 'customer' }, type: 'text', ofSubscribers: true, emptyIs: null },
};

const BY_NAME = new Map(DIMENSIONS.map((d) => [d.name, d]));
const ATTRIBUTE = 'attr:';

/** A declared dimension, or `attr:NAME` for any attribute that a source brought along. */
export function dimensionOf(name: string): Dimension | undefined {
  if (!name.startsWith(ATTRIBUTE)) return BY_NAME.get(name);
  const attribute = name.slice(ATTRIBUTE.length);
  if (attribute === '') return undefined;
  return {
    name,
    names: { zh: attribute, en: attribute },
    group: 'attribute',
    ref: { kind: 'attribute', attribute },
    labels: null,
    ofSubscribers: false,
  };
}

export function fieldOf(name: string): Field | undefined {
  const extra = Object.hasOwn(EXTRA, name) ? EXTRA[name] : undefined;
  if (extra !== undefined) return extra;
  const found = dimensionOf(name);
  if (found === undefined) return undefined;
  const emptyIs = found.name.startsWith('category') ? 'unmapped' : null;
  return { kind: 'value', ref: found.ref, type: 'text', ofSubscribers: found.ofSubscribers, emptyIs };
}
