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
  'subscription-unknown': {
    zh: '没有号码或编号为“{value}”的用户；请先导入客户资料，或核对编号。',
    en: 'No subscription, number or customer “{value}” is known; import the customers first, or check the number.',
  },
  'month-unreadable': {
    zh: '不是月份：“{value}”；请写成 2026-03 或 202603。',
    en: 'Not a month: “{value}”; write it as 2026-03 or 202603.',
  },
  'usage-empty': { zh: '通话、流量、短信和账单都为空。', en: 'Minutes, data, messages and bill are all empty.' },
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
  'text-not-storable': {
    zh: '“{column}”中含有无法保存的字符（空字符或残缺的编码），请删去后重试。',
    en: '“{column}” holds a character that cannot be stored (NUL or half a pair); take it out and try again.',
  },
  'conflict-marker': { zh: '这是版本冲突标记行，不是数据。', en: 'This is a version-control conflict marker, not data.' },
  'value-too-long': { zh: '内容有 {length} 个字符，最多 {limit} 个。', en: 'The value has {length} characters; at most {limit} fit.' },
  'field-required': { zh: '缺少必填字段“{field|name|column}”。', en: 'The field “{field|name|column}” is required.' },
  'field-invalid': { zh: '字段“{field|name|column}”的值无效。', en: 'The value of “{field|name|column}” is not valid.' },
  'field-unknown': { zh: '未知字段“{field|name|column}”。', en: 'Unknown field “{field|name|column}”.' },
  'content-type-wrong': {
    zh: '内容类型“{given}”不能用于此请求，请改用 {wanted}。',
    en: 'This request does not take the content type “{given}”; send {wanted}.',
  },
  'value-out-of-range': {
    zh: '超出允许范围（下限 {min|from}，上限 {max|before}）。',
    en: 'Out of range (least {min|from}, most {max|before}).',
  },
  'measure-unknown': { zh: '没有名为“{name}”的指标。', en: 'There is no measure “{name}”.' },
  'dimension-unknown': { zh: '没有名为“{name}”的维度。', en: 'There is no dimension “{name}”.' },
  'filter-unknown': { zh: '没有名为“{name}”的筛选条件。', en: 'There is no filter “{name}”.' },
  'value-unknown': {
    zh: '“{name}”没有取值“{value}”（或不在您的数据权限内）。最接近的：{near}。',
    en: '“{name}” has no value “{value}” (or none within your data scope). Nearest: {near}.',
  },
  'pattern-invalid': { zh: '表达式无效：“{pattern}”。', en: 'Not a valid pattern: “{pattern}”.' },
  'undo-order-rests': { zh: '工单 {id} {title} 依据其中的声音建立。', en: 'Work order {id} {title} was made of its voices.' },
  'undo-alarm-rests': {
    zh: '已有人确认的预警 {id}（{rule}，{value}）计入了其中的声音。',
    en: 'Alarm {id} ({rule}, {value}), which somebody acknowledged, counts its voices.',
  },
  'undo-outcome-rests': { zh: '工单 {id} 的成效计入了其中的声音。', en: 'The outcome of work order {id} counts its voices.' },
  'undo-batch-over': {
    zh: '之后的导入“{file}”（{id}）改写了其中 {rows} 行；请先撤销那一批。',
    en: 'The later import “{file}” ({id}) wrote over {rows} of its rows; undo that one first.',
  },
  'undo-not-remembered': {
    zh: '这一批导入于支持撤销之前，没有留下原来的客户资料，无法还原。',
    en: 'This batch came before imports could be undone; what stood before it was not kept.',
  },
  'import-rows-stand': {
    zh: '这一批已有 {rows} 行入库：请继续导入其余的行，或先撤销这一批。',
    en: '{rows} rows of this batch are stored: go on with the rest, or undo it first.',
  },
  'import-abandoned': {
    zh: '导入中断，没有进程在处理；已入库的行保留，可继续导入或撤销。',
    en: 'It was cut off and nobody works on it; what is stored stays. Go on with the rest, or undo it.',
  },
  'header-repeated': { zh: '这一行重复了标题，不是数据。', en: 'This row repeats the titles; it is not data.' },
  'template-sample': { zh: '这是模板自带的示例行，不导入。', en: 'This is the sample row of the template; it is not imported.' },
  'template-old': {
    zh: '这份模板是旧版（{version}），现为 {current}；请核对列映射，或下载新模板。',
    en: 'This template is an old one ({version}; now {current}). Look at the mapping, or take the new template.',
  },
  'file-password': {
    zh: '文件有打开密码，无法读取；请在 Excel 中去掉密码后另存。',
    en: 'The file is protected by a password; save it without one.',
  },
  'file-old-workbook': {
    zh: '这是旧版 Excel（.xls）文件；请在 Excel 中另存为 .xlsx。',
    en: 'This is an old Excel file (.xls), whatever its name says; save it as .xlsx.',
  },
  'cell-too-long': {
    zh: '“{column}”有 {length} 个字符，一个单元格放不下，此处留空；请改用 CSV 下载。',
    en: '“{column}” has {length} characters, more than a cell holds, and is left empty here; take the CSV instead.',
  },
  'recipient-outside': {
    zh: '“{value}”不是成员的邮箱；只有权限为全省的人可以填写其他地址。',
    en: '“{value}” is not the address of a member; only somebody who sees the whole province may name others.',
  },
  'pack-reference-unknown': {
    zh: '内容包引用了不存在的“{code|value}”。',
    en: 'The content pack refers to “{code|value}”, which does not exist.',
  },
  'pack-duplicate': { zh: '内容包中“{code|value}”重复。', en: '“{code|value}” stands twice in the content pack.' },
  'pack-invalid': { zh: '内容包不符合格式：{reason|why}。', en: 'The content pack is not well-formed: {reason|why}.' },
  'password-wrong': {
    zh: '现在的密码不正确。',
    en: 'The present password is wrong.',
  },
  'password-too-plain': {
    zh: '密码不能与账号或姓名相同，也不能是同一字符的重复。',
    en: 'The password may not be the login or the name, nor one character repeated.',
  },
  'roles-apart': {
    zh: '系统、安全、审计三个管理员角色必须分给不同的人，也不能与业务角色同时授予。',
    en: 'The three administrators’ roles go to three different people, and never together with a role of the business.',
  },
  'last-administrator': {
    zh: '这是最后一名{role_zh}；先授予另一人，再收回。',
    en: 'This is the last {role_en}; grant the role to somebody else first.',
  },
  'administrator-first-signs-in': {
    zh: '该成员还没有自己的密码；本人登录并设好密码之后，才能授予管理员角色。',
    en: 'This member has no password yet; an administrator’s role is granted only after the member signed in and chose one.',
  },
  'administrator-link': {
    zh: '管理员的登录链接只能在服务器上生成：./voxloop signin {login}。',
    en: 'A link for an administrator is made only on the server itself: ./voxloop signin {login}.',
  },
  'login-taken': {
    zh: '账号“{login}”已被使用。',
    en: 'The login “{login}” is taken.',
  },
  'staff-no-taken': {
    zh: '工号“{staff_no}”已被使用。',
    en: 'The staff number “{staff_no}” is taken.',
  },
  'unit-has-members': {
    zh: '还有 {count} 名在用成员属于该单位，请先调走或停用。',
    en: '{count} active members still belong to this unit; move or disable them first.',
  },
  'unit-has-units': {
    zh: '还有 {count} 个下级单位，请先撤销或移走。',
    en: 'There are still {count} units below it; retire or move them first.',
  },
  'unit-has-orders': {
    zh: '还有 {count} 个未关闭的工单由该单位处理，请先办结或转派。',
    en: '{count} open work orders are still with this unit; finish or hand them over first.',
  },
  'unit-under-itself': {
    zh: '单位不能移到自己或自己的下级之下。',
    en: 'A unit cannot be moved below itself.',
  },
  'unit-level-wrong': {
    zh: '该层级的单位不能放在那个上级之下。',
    en: 'A unit of this level cannot stand below that one.',
  },
  'unit-other-city': {
    zh: '单位不能跨地市移动，否则以往的声音会换了可见的人；请在那边新建单位，再撤销这一个。',
    en: 'A unit does not move to another city, for its past voices would change hands; add a new unit there and retire this one.',
  },
  'unit-retired': {
    zh: '该单位已撤销。',
    en: 'This unit is retired.',
  },
  'shares-not-100': {
    zh: '各级占比 {shares} 合计 {sum} %，应为 100 %；还差 {missing} 个百分点，请调整后再保存。',
    en: 'The shares {shares} make {sum} %, not 100 %; {missing} points are missing: change one or more and save again.',
  },
  'member-cannot-call': {
    zh: '{name} 没有外呼权限，或其数据权限不含该地市；请先在“组织与成员”里授予品质专员或班组长角色与相应范围。',
    en: '{name} may not call there: give the role of a quality specialist or supervisor and a data scope that holds the city first.',
  },
  'budget-exceeded': {
    zh: '需要 {cost} 元，本月该地市只剩 {left} 元；最多再给 {most} 位客户，或在设置里调整预算。',
    en: 'This costs {cost} yuan and {left} are left for the city this month: give it to at most {most} customers, or change the budget in the settings.',
  },
  'value-not-rising': {
    zh: '“{column}”的值 {value} 应大于前一个值 {before}。',
    en: '“{column}” is {value} and has to be larger than the value before it, {before}.',
  },
  'unit-region-wrong': {
    zh: '地市与区县单位须写明对应的区域，且在上级的地市之内。',
    en: 'A city or district unit names its region, which lies in the city of the unit above.',
  },
  'segments-none': {
    zh: '这个分群方案还没有把任何客户归入客群。有 200 条知道客户的抱怨后自动开始分群，也可以在“客户分群”页运行。',
    en: 'This scheme has put no customer into a segment yet. Segments are made by themselves once there are 200 grievances of known customers; or run them on the page of segments (/segments).',
  },
  'trial-column-missing': {
    zh: '表中没有列“{column}”（用于{use_zh}）；现有：{columns}。',
    en: 'The table has no column “{column}” (asked for as {use}); it has {columns}.',
  },
  'trial-arms-too-few': {
    zh: '“{column}”列只有 {count} 个组（{arms}），至少要有两个。',
    en: 'Column “{column}” names {count} arm ({arms}); at least two are needed.',
  },
  'trial-arms-too-many': {
    zh: '“{column}”列有 {count} 个不同的值，超过 {limit} 个；请确认它是组别。',
    en: 'Column “{column}” has {count} different values, more than {limit}; is it really the arm?',
  },
  'trial-control-unclear': {
    zh: '看不出“{column}”列哪个组是对照组；请用 --control 指明：{arms}。',
    en: 'It is not clear which arm of “{column}” is the control; name it with --control: {arms}.',
  },
  'trial-control-unknown': {
    zh: '“{column}”列没有“{value}”组；现有：{arms}。',
    en: 'Column “{column}” has no arm “{value}”; it has {arms}.',
  },
  'trial-not-numbers': {
    zh: '“{column}”列有 {count} 个值不是数字，也不是 0/1 或是/否（行 {rows}，如“{value}”）；请改正或留空。',
    en: 'Column “{column}” has {count} values that are neither numbers nor 0/1 or true/false (rows {rows}, such as “{value}”); correct them or leave them blank.',
  },
  'trial-count-wrong': {
    zh: '“{column}”列有 {count} 个值不是非负整数（行 {rows}，如“{value}”）；它应是该行代表的人数。',
    en: 'Column “{column}” has {count} values that are not whole numbers of 0 or more (rows {rows}, such as “{value}”); it should say how many customers the row stands for.',
  },
  'trial-shares-wrong': {
    zh: '应有比例“{value}”与各组对不上；请按组名给出，例如 {example}。',
    en: 'The expected shares “{value}” do not fit the arms; give one for each, such as {example}.',
  },
  'trial-column-twice': {
    zh: '列“{column}”同时用作{use_zh}与{other_zh}。',
    en: 'Column “{column}” is asked for as {use} and as {other}.',
  },
  'trial-metric-empty': { zh: '指标“{column}”没有任何值。', en: 'The metric “{column}” has no value at all.' },
  'trial-features-none': {
    zh: '没有可用于细分增益的特征；请用 --features 指明开始前已知的列。',
    en: 'There is no feature for the uplift model; name columns known before the start with --features.',
  },
  'name-twice': { zh: '“{name}”出现了两次，请改名。', en: '“{name}” stands twice; rename one.' },
  'cohort-empty': {
    zh: '还没有参加的客户；请先从查询或文件选定客户。',
    en: 'There are no customers in it yet; choose them by a question or a file first.',
  },
  'cohort-unknown': {
    zh: '有 {count} 个客户不存在或不在您的数据权限内（行 {rows}），未加入。',
    en: '{count} customers are not known, or not within your data scope (rows {rows}), and were left out.',
  },
  'outcome-outside': {
    zh: '有 {count} 个客户不在本实验中（行 {rows}），未计入。',
    en: '{count} customers are not part of this experiment (rows {rows}) and were left out.',
  },
};

/** Why a whole file cannot be read; the reader gives the reason as a word. */
const REASONS: Readonly<Record<string, Names>> = {
  'no such file': { zh: '文件不存在', en: 'there is no such file' },
  gone: { zh: '文件已不在服务器上，请重新上传', en: 'it is no longer on the server; upload it again' },
  'zip directory': { zh: '压缩目录损坏', en: 'its zip directory is damaged' },
  'zip cut short': { zh: '文件不完整，可能没有传完', en: 'it is cut short, perhaps in the upload' },
  'zip directory missing': { zh: '文件不完整或不是有效的 .xlsx', en: 'it is cut short, or no .xlsx at all' },
  'zip entry': { zh: '压缩内容损坏', en: 'what it holds is damaged' },
  'zip method': { zh: '使用了不支持的压缩方式', en: 'it is compressed in a way that is not supported' },
  'zip too large': { zh: '解压后的内容过大，像是压缩炸弹', en: 'it unpacks to far more than a table is (a zip bomb?)' },
  'zip too many entries': { zh: '压缩包内的文件过多', en: 'it holds too many files' },
  'gzip too large': { zh: '解压后的内容过大，像是压缩炸弹', en: 'it unpacks to far more than a table is (a zip bomb?)' },
  'corrupt compression': { zh: '压缩内容损坏', en: 'its compression is damaged' },
  'shared strings too large': { zh: '文本总量过大', en: 'its texts are too large' },
  'xml piece too large': { zh: '其中的 XML 有过大的部分', en: 'one part of its XML is too large' },
  'no worksheet': {
    zh: '其中没有工作表；压缩包请先解压，再导入里面的文件',
    en: 'it has no worksheet; unpack an archive first and import the files in it',
  },
  'worksheet missing': { zh: '工作表的内容缺失', en: 'the content of the worksheet is missing' },
  'size changed': {
    zh: '存下的大小与上传时不同，可能写完之前机器停了；请重新导入',
    en: 'what is stored is not as long as what came; the machine may have stopped while it was written. Bring it again',
  },
  'reader stopped': { zh: '读取时内存或内容超出限度', en: 'reading it takes more memory or depth than a file may' },
};

/** The sentence alone, its parameters filled in. */
export function problemText(problem: Pick<Problem, 'code' | 'params' | 'column'>, locale: 'zh' | 'en'): string {
  const known = new Map(Object.entries({ ...(problem.column === undefined ? {} : { column: problem.column }), ...problem.params }));
  return PROBLEM_TEXTS[problem.code][locale].replace(/\{([\w|]+)\}/g, (_, names: string) => {
    const name = names.split('|').find((candidate) => known.has(candidate));
    const value = name === undefined ? '—' : String(known.get(name));
    return name === 'reason' ? (REASONS[value]?.[locale] ?? value) : value;
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
