import type { Field } from '../model/import-fields.ts';
import type { Carries } from '../model/import-views.ts';
import { type Channel, CHANNELS, VOICE_KINDS, type VoiceKind } from '../model/voice.ts';
import { SAMPLE_ID } from './files/mended-files.ts';

type Locale = 'zh' | 'en';
type Pair = readonly [zh: string, en: string];

/** Where the drop-down of a column comes from. */
export type Choice = 'kinds' | 'channels' | 'products' | 'regions' | 'units';

export interface TemplateColumn {
  readonly field: Field;
  readonly title: Pair;
  readonly required?: boolean;
  readonly choice?: Choice;
  readonly sample: Pair;
  readonly help: Pair;
}

const column = (field: Field, title: Pair, sample: Pair, help: Pair, more: Partial<TemplateColumn> = {}): TemplateColumn => ({
  field,
  title,
  sample,
  help,
  ...more,
});
const NONE: Pair = ['', ''];

const VOICES: readonly TemplateColumn[] = [
  column(
    'outside_id',
    ['工单号', 'Ticket id'],
    [SAMPLE_ID, SAMPLE_ID],
    [
      '原系统的编号。同一来源内编号相同、内容相同的行只导入一次；内容不同会作为冲突列出。留空时按内容判重。',
      'The id in the system it comes from. The same id with the same content is taken once; other content is a conflict. Without ids, equal rows are taken once.',
    ],
  ),
  column(
    'said_at',
    ['受理时间', 'Created at'],
    ['2026-03-01 09:30:00', '2026-03-01 09:30:00'],
    [
      '客户诉说的时间，如 2026-03-01 09:30。留空则用导入时间，并提示。',
      'When the customer said it, such as 2026-03-01 09:30. If empty, the time of the import is taken, with a warning.',
    ],
  ),
  column(
    'text',
    ['客户原话', 'Complaint text'],
    ['宽带断网了两天，光猫红灯一直亮', 'No internet for two days, the router shows a red light'],
    ['客户说了什么，最多 100,000 字。', 'What the customer said, up to 100,000 characters.'],
    { required: true },
  ),
  column('kind', ['类型', 'Kind'], ['投诉', 'Complaint'], ['从下拉列表中选；留空按抱怨处理。', 'From the list; a grievance if empty.'], {
    choice: 'kinds',
  }),
  column('channel', ['渠道', 'Channel'], ['热线', 'Hotline'], ['从下拉列表中选；留空按其他处理。', 'From the list; other if empty.'], {
    choice: 'channels',
  }),
  column('product', ['产品名称', 'Product'], NONE, ['从下拉列表中选，也可填其他产品。', 'From the list, or another product.'], {
    choice: 'products',
  }),
  column('plan', ['套餐名称', 'Plan'], NONE, ['套餐的名称。', 'The name of the plan.']),
  column(
    'region',
    ['区域', 'Region'],
    NONE,
    ['地市、区县或小区的名称或编码，越细越好。', 'Name or code of a city, district or community; the more exact the better.'],
    {
      choice: 'regions',
    },
  ),
  column('unit', ['受理单位', 'Unit'], NONE, ['营业厅、班组等的名称或编码。', 'Name or code of the hall or team.'], { choice: 'units' }),
  column('agent', ['坐席工号', 'Agent id'], NONE, ['受理人的工号。', 'Staff number of who took it.']),
  column('customer', ['客户编号', 'Customer id'], NONE, [
    '与客户资料中的编号一致，可带出区域和套餐。',
    'As in the customers file; brings region and plan along.',
  ]),
  column('phone', ['联系电话', 'Phone'], NONE, [
    '客户的号码；请保持文本格式，以免丢失位数。',
    'The customer’s number; keep the cells as text so that no digit is lost.',
  ]),
  column('score', ['满意度评分', 'Score'], NONE, ['数字，如 8 或 4.5。', 'A number such as 8 or 4.5.']),
  column('status', ['状态', 'Status'], NONE, ['原系统中的处理状态。', 'The status in the system it comes from.']),
  column('recorded_category', ['投诉分类', 'Category'], NONE, [
    '坐席当时选的分类，用来核对识别结果。',
    'What the agent chose then; compared with the reading.',
  ]),
];

const CUSTOMERS: readonly TemplateColumn[] = [
  column(
    'customer',
    ['客户编号', 'Customer id'],
    [SAMPLE_ID, SAMPLE_ID],
    ['同一客户有多个用户时，各占一行。', 'A customer with several subscriptions has a row for each.'],
    {
      required: true,
    },
  ),
  column('subscription', ['用户编号', 'Subscription id'], NONE, ['留空时用号码或客户编号。', 'If empty, the phone or the customer id.']),
  column(
    'name',
    ['客户姓名', 'Customer name'],
    ['示例', 'Sample'],
    ['只供有权限的人查看，其他地方隐去。', 'Shown only to who may; hidden everywhere else.'],
  ),
  column('phone', ['手机号码', 'Phone'], NONE, ['请保持文本格式，以免丢失位数。', 'Keep the cells as text so that no digit is lost.']),
  column('id_number', ['证件号码', 'Id number'], NONE, [
    '请保持文本格式，以免丢失位数。',
    'Keep the cells as text so that no digit is lost.',
  ]),
  column('address', ['地址', 'Address'], NONE, ['只供有权限的人查看。', 'Shown only to who may.']),
  column('region', ['区域', 'Region'], NONE, ['地市、区县或小区的名称或编码。', 'Name or code of a city, district or community.'], {
    choice: 'regions',
  }),
  column('brand', ['品牌', 'Brand'], NONE, ['客户的品牌。', 'The brand.']),
  column('age_band', ['年龄段', 'Age band'], NONE, ['如 26-35。', 'Such as 26-35.']),
  column('tenure_months', ['在网月数', 'Tenure months'], NONE, ['如 27，或 2年3个月。', 'Such as 27.']),
  column('product', ['产品名称', 'Product'], NONE, ['从下拉列表中选，也可填其他产品。', 'From the list, or another product.'], {
    choice: 'products',
  }),
  column('plan', ['套餐名称', 'Plan'], NONE, ['套餐的名称。', 'The name of the plan.']),
  column('value_tier', ['价值等级', 'Value tier'], NONE, ['如 高、中、低。', 'Such as high, middle, low.']),
  column('group', ['集团名称', 'VPMN group'], NONE, ['集团或 VPMN 群的名称或编号。', 'The group’s id.']),
  column('since', ['入网时间', 'Since'], NONE, ['如 2024-05-01。', 'Such as 2024-05-01.']),
  column('until', ['离网时间', 'Until'], NONE, ['仍在网则留空。', 'Empty while it lasts.']),
];

const USAGE: readonly TemplateColumn[] = [
  column(
    'subscription',
    ['用户编号', 'Subscription id'],
    [SAMPLE_ID, SAMPLE_ID],
    [
      '与客户资料中的用户编号或号码一致；不认识的行会列出。',
      'As in the customers file, or the phone number; rows of nobody we know are listed.',
    ],
    { required: true },
  ),
  column('month', ['月份', 'Month'], ['2026-03', '2026-03'], ['如 2026-03 或 202603。', 'Such as 2026-03.'], { required: true }),
  column(
    'minutes',
    ['通话分钟', 'Minutes'],
    ['120', '120'],
    ['当月通话分钟数；不知道则留空。', 'Minutes called in the month; empty if not known.'],
  ),
  column('megabytes', ['流量MB', 'Megabytes'], ['20480', '20480'], ['当月流量，单位 MB。', 'Data used in the month, in MB.']),
  column('messages', ['短信条数', 'Messages'], ['12', '12'], ['当月短信条数。', 'Messages sent in the month.']),
  column(
    'bill',
    ['账单金额', 'Bill'],
    ['99.00', '99.00'],
    ['当月账单，单位元；退费可为负数。', 'The month’s bill; may be negative where money was given back.'],
  ),
];

export const templateColumns = (as: Carries): readonly TemplateColumn[] => ({ voices: VOICES, customers: CUSTOMERS, usage: USAGE })[as];

/** A required column is marked for people; the mark is no part of the title's words. */
export const templateTitle = ({ title, required }: TemplateColumn, locale: Locale): string => {
  const name = title[locale === 'zh' ? 0 : 1];
  return required === true ? `${name}*` : name;
};

const KIND_WORDS: Readonly<Record<VoiceKind, Pair>> = {
  grievance: ['抱怨', 'Grievance'],
  complaint: ['投诉', 'Complaint'],
  consultation: ['咨询', 'Consultation'],
  suggestion: ['建议', 'Suggestion'],
  fault: ['报障', 'Fault'],
  survey: ['回访', 'Survey'],
  praise: ['表扬', 'Praise'],
};
const CHANNEL_WORDS: Readonly<Record<Channel, Pair>> = {
  hotline: ['热线', 'Hotline'],
  hall: ['营业厅', 'Hall'],
  app: ['手机营业厅', 'App'],
  web: ['网上营业厅', 'Web'],
  field: ['上门', 'Field'],
  survey: ['回访', 'Survey'],
  social: ['社交', 'Social'],
  sms: ['短信', 'SMS'],
  email: ['邮件', 'Email'],
  other: ['其他', 'Other'],
};

export const kindChoices = (locale: Locale): readonly string[] => VOICE_KINDS.map((kind) => KIND_WORDS[kind][locale === 'zh' ? 0 : 1]);
export const channelChoices = (locale: Locale): readonly string[] =>
  CHANNELS.map((channel) => CHANNEL_WORDS[channel][locale === 'zh' ? 0 : 1]);
