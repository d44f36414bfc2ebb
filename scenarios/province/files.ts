import type { Happening, SourceName, Subscription } from './world.ts';
import { type Customer, localText } from './world.ts';

/** A happening with its words, its outside id and what the agent filed it under. */
export interface Told extends Happening {
  readonly outsideId: string;
  readonly text: string;
  readonly recorded: string | null;
  readonly status: string;
  /** Of a survey: the service that was asked about, in words. */
  readonly askedAbout: string | null;
}

type Column<Row> = readonly [title: string, field: string | null, value: (row: Row) => string | number | null];

export interface FileShape<Row> {
  readonly path: string;
  readonly source: string;
  readonly as: 'voices' | 'customers';
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'gb18030';
  readonly format: 'csv' | 'ndjson';
  /** Column title, field of the mapping (null: left for the attributes), value. */
  readonly columns: readonly Column<Row>[];
}

const KINDS = {
  grievance: '抱怨',
  complaint: '投诉',
  consultation: '咨询',
  suggestion: '建议',
  fault: '报障',
  survey: '回访',
  praise: '表扬',
} as const;
const CHANNEL_WORDS: Readonly<Record<SourceName, string>> = { hotline: '热线', hall: '营业厅', app: 'APP', field: '上门', survey: '回访' };

const withSpace = (told: Told): string => localText(told.at).replace('T', ' ');
const withSlashes = (told: Told): string => withSpace(told).replaceAll('-', '/').slice(0, 16);

/** The same facts as five systems write them: other titles, other clocks, other encodings. */
function voiceColumns(titles: {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly text: string;
  readonly when?: (told: Told) => string;
  readonly people?: readonly [unit: string, agent: string];
  readonly more?: readonly Column<Told>[];
}): readonly Column<Told>[] {
  const people: readonly Column<Told>[] =
    titles.people === undefined
      ? []
      : [
          [titles.people[0], 'unit', (told) => told.unit],
          [titles.people[1], 'agent', (told) => told.agent],
        ];
  return [
    [titles.id, 'outside_id', (told) => told.outsideId],
    [titles.at, 'said_at', titles.when ?? withSpace],
    [titles.kind, 'kind', (told) => KINDS[told.kind]],
    ['渠道', 'channel', (told) => CHANNEL_WORDS[told.source]],
    ['产品', 'product', (told) => told.subscription.product],
    ['套餐', 'plan', (told) => told.subscription.plan],
    ['小区编码', 'region', (told) => told.region],
    ...people,
    ['客户编号', 'customer', (told) => told.customer.id],
    ['联系电话', 'phone', (told) => told.customer.phone],
    ...(titles.more ?? []),
    [titles.text, 'text', (told) => told.text],
  ];
}

const status: Column<Told> = ['处理状态', 'status', (told) => told.status];
const filed = (title: string): Column<Told> => [title, 'recorded_category', (told) => told.recorded];
/** Written down with a grievance: how long it has lasted, and whether this contact solved it. */
const handling: readonly Column<Told>[] = [
  ['问题持续天数', null, (told) => told.planted?.grievance?.days ?? null],
  ['首次解决', null, (told) => (told.planted?.grievance === undefined ? null : told.planted.grievance.solved ? '是' : '否')],
];

export const VOICE_FILES: Readonly<Record<SourceName, FileShape<Told>>> = {
  hotline: {
    path: 'voices/hotline.csv',
    source: 'hotline',
    as: 'voices',
    encoding: 'utf-8',
    format: 'csv',
    columns: voiceColumns({
      id: '工单号',
      at: '受理时间',
      kind: '工单类型',
      text: '客户诉求',
      people: ['受理班组', '工号'],
      more: [status, filed('坐席归类'), ...handling],
    }),
  },
  hall: {
    path: 'voices/hall.csv',
    source: 'hall',
    as: 'voices',
    encoding: 'gb18030',
    format: 'csv',
    columns: voiceColumns({
      id: '流水号',
      at: '登记时间',
      kind: '类型',
      text: '情况说明',
      people: ['营业厅', '经办工号'],
      more: [status, filed('业务归类'), ...handling],
    }),
  },
  app: {
    path: 'voices/app.ndjson',
    source: 'app',
    as: 'voices',
    encoding: 'utf-8',
    format: 'ndjson',
    columns: voiceColumns({
      id: '编号',
      at: '提交时间',
      kind: '反馈类型',
      text: '反馈内容',
      when: (told) => `${localText(told.at)}+08:00`,
      more: [filed('问题分类'), ...handling],
    }),
  },
  field: {
    path: 'voices/field.csv',
    source: 'field',
    as: 'voices',
    encoding: 'utf-8-bom',
    format: 'csv',
    columns: voiceColumns({
      id: '障碍单号',
      at: '申告时间',
      kind: '单据类型',
      text: '障碍描述',
      when: withSlashes,
      people: ['装维班组', '装维工号'],
      more: [status, filed('障碍分类'), ...handling],
    }),
  },
  survey: {
    path: 'voices/survey.csv',
    source: 'survey',
    as: 'voices',
    encoding: 'utf-8',
    format: 'csv',
    columns: voiceColumns({
      id: '问卷号',
      at: '回访时间',
      kind: '类型',
      text: '客户意见',
      more: [
        ['回访项目', null, (told) => told.askedAbout],
        ['满意度', 'score', (told) => told.asked?.score ?? null],
      ],
    }),
  },
};

export interface SubscriptionRow {
  readonly customer: Customer;
  readonly subscription: Subscription;
}

export const CUSTOMER_FILE: FileShape<SubscriptionRow> = {
  path: 'customers.csv',
  source: 'crm',
  as: 'customers',
  encoding: 'utf-8',
  format: 'csv',
  columns: [
    ['客户编号', 'customer', (row) => row.customer.id],
    ['订购号', 'subscription', (row) => row.subscription.id],
    ['姓名', 'name', (row) => row.customer.name],
    ['联系电话', 'phone', (row) => row.customer.phone],
    ['证件号码', 'id_number', (row) => row.customer.idNumber],
    ['地址', 'address', (row) => row.customer.address],
    ['小区编码', 'region', (row) => row.customer.community],
    ['品牌', 'brand', (row) => row.customer.brand],
    ['年龄段', 'age_band', (row) => row.customer.ageBand],
    ['在网月数', 'tenure_months', (row) => row.customer.tenureMonths],
    ['产品', 'product', (row) => row.subscription.product],
    ['套餐', 'plan', (row) => row.subscription.plan],
    ['价值等级', 'value_tier', (row) => row.customer.valueTier],
    ['集团编号', 'group', (row) => row.customer.group],
    ['开通时间', 'since', (row) => row.subscription.since],
  ],
};

export function headerOf<Row>(shape: FileShape<Row>): string {
  if (shape.format === 'ndjson') return '';
  const bom = shape.encoding === 'utf-8-bom' ? '\ufeff' : '';
  return `${bom}${shape.columns.map(([title]) => title).join(',')}\r\n`;
}

export function lineOf<Row>(shape: FileShape<Row>, row: Row): string {
  if (shape.format === 'ndjson')
    return `${JSON.stringify(Object.fromEntries(shape.columns.map(([title, , value]) => [title, value(row)])))}\n`;
  return `${shape.columns.map(([, , value]) => quoted(String(value(row) ?? ''))).join(',')}\r\n`;
}

export function mappingOf<Row>(shape: FileShape<Row>): Readonly<Record<string, string>> {
  return Object.fromEntries(shape.columns.flatMap(([title, field]) => (field === null ? [] : [[title, field]])));
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
