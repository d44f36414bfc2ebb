import type { Problem, ProblemCode } from './problem.ts';
import type { Names } from './question.ts';

/** One sentence per code and language: what is wrong and the way out. `{name}` is filled from the problem's parameters; `{a|b}` takes the first that is there. */
export const PROBLEM_TEXTS: Readonly<Record<ProblemCode, Names>> = {
  'empty-file': { zh: '文件中没有任何数据行。', en: 'The file holds no rows.' },
  'file-unreadable': { zh: '无法读取该文件：{reason}。', en: 'The file cannot be read: {reason}.' },
  'encoding-undecodable': {
    zh: '有字符无法按所选编码解码；可在导入选项中改选编码。',
    en: 'Some characters cannot be decoded in this encoding; the import options can name another.',
  },
  'format-unknown': {
    zh: '无法识别文件格式；支持 CSV、TSV、XLSX、NDJSON、JSON 及其 .gz 压缩。',
    en: 'The file format is not known; CSV, TSV, XLSX, NDJSON, JSON and their .gz are.',
  },
  'sheet-missing': { zh: '没有名为“{sheet}”的工作表；现有：{sheets}。', en: 'There is no sheet “{sheet}”; there are: {sheets}.' },
  'header-missing': { zh: '找不到标题行，请指定标题所在的行号。', en: 'No header row was found; say in which row the titles stand.' },
  'header-duplicate': {
    zh: '列标题“{title}”重复或为空，已改称“{renamed}”。',
    en: 'The column title “{title}” stands twice or is empty; it is called “{renamed}” here.',
  },
  'mapping-column-missing': {
    zh: '映射提到的列“{title}”不在文件中。',
    en: 'The mapping names the column “{title}”, which the file does not have.',
  },
  'mapping-field-unknown': { zh: '没有名为“{field}”的字段。', en: 'There is no field “{field}”.' },
  'mapping-field-twice': {
    zh: '有两列同时映射到字段“{field}”，只能保留一列。',
    en: 'Two columns map to the field “{field}”; only one may.',
  },
  'row-ragged': { zh: '该行有 {cells} 个单元格，标题有 {columns} 列。', en: 'The row has {cells} cells, the header {columns} columns.' },
  'row-not-object': { zh: '该记录不是一个 JSON 对象。', en: 'The record is not a JSON object.' },
  'row-too-large': { zh: '该行超过 {limit} 个字符，未读入。', en: 'The row is longer than {limit} characters and was not read.' },
  'quote-unclosed': {
    zh: '引号在该行打开后没有关闭；该行未读入，从下一行继续。',
    en: 'A quote opens in this row and never closes; the row was left out and reading went on with the next line.',
  },
  'text-missing': { zh: '没有客户原话，也没有评分或对话内容。', en: 'There is no text, and no score or turns either.' },
  'id-missing': { zh: '编号为空。', en: 'The id is empty.' },
  'customer-missing': { zh: '客户编号为空。', en: 'The customer id is empty.' },
  'date-unreadable': { zh: '无法识别的日期或时间：“{value|text}”。', en: 'Not a date or time that can be read: “{value|text}”.' },
  'date-ambiguous': {
    zh: '日期“{value}”的日、月次序不明，已按“日在前”读取；可在导入选项中指定。',
    en: 'Day and month of “{value}” cannot be told apart; read day first. The import options can say otherwise.',
  },
  'date-future': { zh: '时间“{value}”晚于现在一天以上。', en: 'The time “{value}” lies more than a day ahead.' },
  'date-assumed': { zh: '没有发生时间，已用 {value} 代替。', en: 'There is no time; {value} was assumed.' },
  'number-unreadable': { zh: '不是数字：“{value}”。', en: 'Not a number: “{value}”.' },
  'number-precision-lost': {
    zh: '编号“{value}”在电子表格中被存成数字，末尾的位数已丢失；请把该列改为文本后重新导出。',
    en: 'The id “{value}” was stored as a number and lost its last digits; export that column as text.',
  },
  'kind-unknown': {
    zh: '未知的声音类型“{value}”，已按抱怨处理，原值保留为属性。',
    en: 'Unknown kind “{value}”; taken as a grievance, kept as an attribute.',
  },
  'channel-unknown': {
    zh: '未知的渠道“{value}”，已按“其他”处理，原值保留为属性。',
    en: 'Unknown channel “{value}”; taken as other, kept as an attribute.',
  },
  'region-unknown': { zh: '区域“{value|column}”不在区域树中。', en: 'The region “{value|column}” is not in the region tree.' },
  'region-out-of-scope': {
    zh: '区域“{value|column}”不在您的数据权限内。',
    en: 'The region “{value|column}” lies outside your data scope.',
  },
  'unit-unknown': { zh: '没有名为“{value|column}”的单位。', en: 'There is no unit “{value|column}”.' },
  conflict: {
    zh: '编号“{id}”已存在，但内容不同；两者均已保留待核对。',
    en: 'The id “{id}” is already there with another content; both are kept for review.',
  },
  'text-has-nul': { zh: '内容中含有空字符（NUL），无法保存。', en: 'The row holds NUL characters and cannot be stored.' },
  'conflict-marker': { zh: '这是版本冲突标记行，不是数据。', en: 'This is a version-control conflict marker, not data.' },
  'value-too-long': { zh: '内容有 {length} 个字符，最多 {limit} 个。', en: 'The value has {length} characters; at most {limit} fit.' },
  'field-required': { zh: '缺少必填字段“{field|name|column}”。', en: 'The field “{field|name|column}” is required.' },
  'field-invalid': { zh: '字段“{field|name|column}”的值无效。', en: 'The value of “{field|name|column}” is not valid.' },
  'field-unknown': { zh: '未知字段“{field|name|column}”。', en: 'Unknown field “{field|name|column}”.' },
  'value-out-of-range': {
    zh: '超出允许范围（下限 {min|from}，上限 {max|before}）。',
    en: 'Out of range (least {min|from}, most {max|before}).',
  },
  'measure-unknown': { zh: '没有名为“{name}”的指标。', en: 'There is no measure “{name}”.' },
  'dimension-unknown': { zh: '没有名为“{name}”的维度。', en: 'There is no dimension “{name}”.' },
  'filter-unknown': { zh: '没有名为“{name}”的筛选条件。', en: 'There is no filter “{name}”.' },
  'pattern-invalid': { zh: '表达式无效：“{pattern}”。', en: 'Not a valid pattern: “{pattern}”.' },
  'pack-reference-unknown': {
    zh: '内容包引用了不存在的“{code|value}”。',
    en: 'The content pack refers to “{code|value}”, which does not exist.',
  },
  'pack-duplicate': { zh: '内容包中“{code|value}”重复。', en: '“{code|value}” stands twice in the content pack.' },
  'pack-invalid': { zh: '内容包不符合格式：{reason|why}。', en: 'The content pack is not well-formed: {reason|why}.' },
};

/** The sentence alone, its parameters filled in. */
export function problemText(problem: Pick<Problem, 'code' | 'params' | 'column'>, locale: 'zh' | 'en'): string {
  const known = new Map(Object.entries({ ...(problem.column === undefined ? {} : { column: problem.column }), ...problem.params }));
  return PROBLEM_TEXTS[problem.code][locale].replace(/\{([\w|]+)\}/g, (_, names: string) => {
    const name = names.split('|').find((candidate) => known.has(candidate));
    return name === undefined ? '—' : String(known.get(name));
  });
}

/** With its place in front: “Row 12, column “Date”: …”. */
export function problemSentence(problem: Problem, locale: 'zh' | 'en'): string {
  const { row, column } = problem;
  const places =
    locale === 'zh'
      ? [row === undefined ? '' : `第 ${row} 行`, column === undefined ? '' : `“${column}”列`]
      : [row === undefined ? '' : `Row ${row}`, column === undefined ? '' : `${row === undefined ? 'Column' : 'column'} “${column}”`];
  const place = places.filter((part) => part !== '').join(locale === 'zh' ? '' : ', ');
  const text = problemText(problem, locale);
  return place === '' ? text : locale === 'zh' ? `${place}：${text}` : `${place}: ${text}`;
}
