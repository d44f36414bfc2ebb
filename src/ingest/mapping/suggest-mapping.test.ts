import { expect, test } from 'vitest';
import { checkMapping, mappingSchema } from './mapping.ts';
import { mappingOf, suggestMapping } from './suggest-mapping.ts';
import { voiceWords, wordOf } from './words.ts';

const words = voiceWords({ kind_words: { fault: ['障碍申告'] }, channel_words: { hotline: ['10010热线'] } });

function fieldsOf(
  columns: Readonly<Record<string, readonly string[]>>,
  as: 'voices' | 'customers' = 'voices',
  fileName = 'x.csv',
): unknown {
  const given = Object.entries(columns).map(([title, samples]) => ({ title, samples, dateOrder: null }));
  return mappingOf(suggestMapping(given, as, { words, fileName }));
}

test('an English ticket list with date and time apart', () => {
  const columns = {
    'Ticket #': ['1001', '1002'],
    'Customer Complaint': ['Internet is slow', 'Billed twice'],
    Date: ['22-04-2015', '04-08-2015'],
    Time: ['3:53:50 PM', '10:22:56 AM'],
    'Received Via': ['Customer Care Call', 'Internet'],
    City: ['Springfield', 'Shelbyville'],
    Status: ['Open', 'Closed'],
  };
  expect(fieldsOf(columns)).toEqual({
    columns: {
      'Ticket #': 'outside_id',
      'Customer Complaint': 'text',
      Date: 'said_date',
      Time: 'said_clock',
      'Received Via': 'channel',
      Status: 'status',
    },
    constants: { kind: 'complaint' },
  });
});

test('a Chinese work-order list', () => {
  const columns = {
    工单编号: ['GD1', 'GD2'],
    受理时间: ['2026-03-01 08:00:00'],
    工单类型: ['投诉', '咨询'],
    受理渠道: ['10010热线', '营业厅'],
    地市: ['甲市'],
    区县: ['乙区'],
    小区: ['丙小区'],
    用户编号: ['U1', 'U2'],
    联系电话: ['05310000000'],
    投诉内容: ['宽带断线'],
    三级分类: ['断线'],
    套餐名称: ['畅享 99'],
    满意度: ['8', '10'],
    备用: ['x'],
  };
  expect(fieldsOf(columns)).toMatchObject({
    columns: {
      工单编号: 'outside_id',
      受理时间: 'said_at',
      工单类型: 'kind',
      受理渠道: 'channel',
      地市: 'city',
      区县: 'district',
      小区: 'community',
      用户编号: 'customer',
      联系电话: 'phone',
      投诉内容: 'text',
      三级分类: 'recorded_category',
      套餐名称: 'plan',
      满意度: 'score',
    },
  });
  expect(fieldsOf(columns)).not.toHaveProperty('columns.备用');
});

test('a broken value among the samples does not hide a date column; short codes are places where the title is Chinese', () => {
  const columns = { 工单号: ['1', '2'], 时间: ['2026-03-01 10:00:00', 'gestern'], 小区: ['A1x', 'B1x'], 内容: ['断线'] };
  expect(fieldsOf(columns)).toEqual({ columns: { 工单号: 'outside_id', 时间: 'said_at', 小区: 'community', 内容: 'text' } });
});

test('answers of a questionnaire are no places, kinds or products, whatever their titles say', () => {
  const columns = {
    用户id: ['1', '2', '3', '4', '5'],
    语音通话整体满意度: ['8', '10'],
    居民小区: ['-1', '1'],
    资费投诉: ['0', '2'],
    是否去过营业厅: ['是', '否'],
    用户描述: [],
  };
  expect(fieldsOf(columns)).toEqual({
    columns: { 用户id: 'customer', 语音通话整体满意度: 'score', 用户描述: 'text' },
    constants: { kind: 'survey', channel: 'survey' },
  });
});

test('titles that only resemble the usual ones are still understood', () => {
  const columns = {
    障碍单号: ['ZA1'],
    申告时间: ['2026/3/1 8:00'],
    单据类型: ['报障', '咨询'],
    小区编码: ['890101001'],
    装维班组: ['一班'],
    装维工号: ['G01'],
    客户诉求: ['宽带断了'],
    坐席归类: ['断线'],
    归档时间: ['2026/3/2 8:00'],
  };
  expect(fieldsOf(columns)).toMatchObject({
    columns: {
      障碍单号: 'outside_id',
      申告时间: 'said_at',
      单据类型: 'kind',
      小区编码: 'community',
      装维班组: 'unit',
      装维工号: 'agent',
      客户诉求: 'text',
      坐席归类: 'recorded_category',
    },
  });
  expect(fieldsOf(columns)).not.toHaveProperty('columns.归档时间');
});

test('columns named like the fields are the fields', () => {
  const columns = {
    outside_id: ['a'],
    said_at: ['2026-03-01T00:00:00Z'],
    kind: ['fault'],
    channel: ['hotline'],
    community: ['370102001'],
    text: ['x'],
    agent: ['A1'],
  };
  expect(fieldsOf(columns)).toMatchObject({ columns: Object.fromEntries(Object.keys(columns).map((name) => [name, name])) });
});

test('a customers file', () => {
  const columns = {
    客户编号: ['C1'],
    业务号码: ['05310000001'],
    姓名: ['某某'],
    套餐: ['甲'],
    年龄段: ['30-39'],
    在网时长: ['27'],
    入网时间: ['2020-01-01'],
    区县: ['乙区'],
    客户星级: ['四星'],
  };
  expect(fieldsOf(columns, 'customers')).toMatchObject({
    columns: {
      客户编号: 'customer',
      业务号码: 'subscription',
      姓名: 'name',
      套餐: 'plan',
      年龄段: 'age_band',
      在网时长: 'tenure_months',
      入网时间: 'since',
      区县: 'district',
      客户星级: 'value_tier',
    },
  });
});

test('every mistake of a mapping is told at once', () => {
  const problems = checkMapping(
    { columns: { a: 'said_at', b: 'said_at', c: 'nonsense', gone: 'phone' }, zone: 'Mars/Olympus' },
    ['a', 'b', 'c'],
    'voices',
  );
  expect(problems.map(({ code, column }) => [code, column])).toEqual([
    ['mapping-field-twice', 'b'],
    ['mapping-field-unknown', 'c'],
    ['mapping-column-missing', 'gone'],
    ['field-invalid', undefined],
    ['field-required', undefined],
  ]);
  expect(checkMapping({ columns: { a: 'text', b: 'text' } }, ['a', 'b'], 'voices')).toEqual([]);
});

test('a mapping from a file is checked for its shape', () => {
  expect(mappingSchema.safeParse({ columns: { a: 'text' }, constants: { kind: 'rant' } }).success).toBe(false);
  expect(mappingSchema.safeParse({ columns: { a: 'text' }, dateOrder: 'dmy', zone: 'UTC' }).success).toBe(true);
});

test('words of kinds and channels are known whole or inside a longer one', () => {
  expect(['投诉', '障碍申告', 'Complaint', '重复投诉单', 'survey comment', '???'].map((word) => wordOf(word, words.kinds))).toEqual([
    'complaint',
    'fault',
    'complaint',
    'complaint',
    'survey',
    null,
  ]);
  expect(
    ['10010热线', 'Customer Care Call', 'Internet', '省公司网上营业厅', 'webinar'].map((word) => wordOf(word, words.channels)),
  ).toEqual(['hotline', 'hotline', 'web', 'web', null]);
});
