import type { UsageField } from '../../model/import-fields.ts';
import type { CustomerField, VoiceField } from './mapping.ts';

/**
 * Titles by which columns are known, folded (`foldedTitle`). First those that are the whole title, then those that stand inside
 * a longer one; earlier words are surer. `not` rules a title out.
 */
export interface FieldWords {
  readonly whole: readonly string[];
  readonly inside: readonly string[];
  readonly not?: readonly string[];
}

/** Many short words are easier to read in a line than one below the other. */
function list(...lines: readonly string[]): readonly string[] {
  return lines.join('|').split('|');
}

export const VOICE_WORDS: Readonly<Record<VoiceField, FieldWords>> = {
  outside_id: {
    whole: list(
      'ticket #|ticket id|ticket|ticket no|complaint id|complaintid|case id|case number|call id|callid|record id|id',
      'no|serial|reference|response id|工单号|工单编号|流水号|编号|序号|投诉编号|受理编号|业务流水号|留言编号',
      '记录编号|服务请求编号|单号|问卷编号|录音编号',
    ),
    inside: list('工单号|工单编号|流水号|留言编号|受理编号|投诉编号|ticket id|complaint id|case id|单号|问卷号|编号'),
    not: list('customer|user|agent|客户|用户|dossier|topic|theme|channel|套餐|产品|区域|小区|集团|部门|员工|坐席|父|关联'),
  },
  said_at: {
    whole: list(
      'said at|created at|created|date time|datetime|timestamp|time stamp|contact date|contactdate|complaint date',
      'call date|opened at|date|time|时间|日期|受理时间|投诉时间|留言时间|来电时间|发生时间|建单时间|创建时间',
      '反馈时间|提交时间|呼入时间|通话时间|报障时间|评价时间|受理日期|投诉日期',
    ),
    inside: list('受理时间|投诉时间|来电时间|创建时间|发生时间|留言时间|created|contact date|时间|日期'),
    not: list('duration|close|resolved|birth|结束|归档|办结|截止|入网|时长|month year|expire|update'),
  },
  said_date: { whole: list('date|call date|日期|投诉日期|受理日期|来电日期|通话日期'), inside: [] },
  said_clock: { whole: list('time|time of day|clock|时刻|时间|来电时刻|受理时刻'), inside: [] },
  kind: {
    whole: list(
      'kind|complaint type|contact type|request type|case type|类型|工单类型|服务类型|诉求类型|声音类型|来电类型',
      '业务类别|请求类型',
    ),
    inside: ['工单类型', '诉求类型', '服务类型', '单据类型', '反馈类型'],
  },
  channel: {
    whole: list(
      'channel|received via|submitted via|contact channel|source channel|渠道|受理渠道|来源渠道|投诉渠道|接触渠道',
      '反馈渠道|受理方式',
    ),
    inside: list('受理渠道|来源渠道|contact channel|received via|submitted via'),
    not: ['id'],
  },
  product: {
    whole: list('product|product name|service|产品|产品名称|业务|业务名称|产品类型|业务类型|品牌产品'),
    inside: ['产品名称', 'product'],
    not: ['sub'],
  },
  plan: {
    whole: list('plan|plan name|tariff|package|套餐|套餐名称|资费套餐|主套餐|资费'),
    inside: ['套餐名称', '主套餐'],
    not: ['外', '投诉'],
  },
  region: {
    whole: list('region|area|region code|区域|地区|归属地|区域编码|所属区域|行政区划|归属区域'),
    inside: ['所属区域', '归属地'],
    not: ['是否'],
  },
  city: { whole: list('city|城市|地市|市|归属地市|所属地市|地市名称'), inside: ['地市'] },
  district: { whole: list('district|county|区县|县区|区|县|行政区|所属区县|归属区县|分公司'), inside: ['区县'] },
  community: {
    whole: list('community|cell|小区|社区|居民小区|小区名称|社区名称|网格'),
    inside: ['小区名称', '小区编码', '小区', '社区'],
    not: ['是否'],
  },
  unit: {
    whole: list('unit|unit id|department|branch|team|单位|部门|受理部门|受理单位|班组|营业厅|营业厅名称|处理部门'),
    inside: ['受理部门', '受理单位', '班组', '营业厅'],
    not: ['是否'],
  },
  agent: {
    whole: list(
      'agent|agent id|agent name|staff|staff no|operator|csr|坐席|工号|坐席工号|受理人|受理工号|员工号|客服工号',
      '受理员|话务员',
    ),
    inside: ['工号', '坐席'],
  },
  customer: {
    whole: list(
      'customer|customer id|customerid|customer no|account|account id|account number|user id|userid|user|客户',
      '客户编号|客户id|客户标识|用户|用户id|用户编号|用户标识|留言用户|账户|账号|客户号',
    ),
    inside: ['客户编号', '用户编号', 'customer id', 'user id'],
    not: list('complaint|level|星级|描述|是否|网络'),
  },
  phone: {
    whole: list(
      'phone|phone number|mobile|msisdn|tel|telephone|caller|caller number|手机|手机号|手机号码|电话|电话号码',
      '联系电话|主叫号码|来电号码|号码|业务号码|用户号码|投诉号码|受理号码',
    ),
    inside: list('手机号|联系电话|来电号码|业务号码|主叫号码|phone number'),
    not: ['service', 'lines'],
  },
  score: {
    whole: list(
      'score|rating|satisfaction|csat|nps|satisfaction rating|satisfaction score|overall satisfaction|评分|得分|打分',
      '满意度|分数|整体满意度|总体满意度|满意度评分|语音通话整体满意度|手机上网整体满意度',
    ),
    inside: list('整体满意度|总体满意度|满意度评分|满意度|评分|satisfaction|rating'),
    not: ['churn', '预测'],
  },
  status: {
    whole: list('status|state of case|ticket status|case status|状态|工单状态|处理状态|办理状态'),
    inside: ['工单状态', '处理状态'],
    not: ['customer', 'marital'],
  },
  recorded_category: {
    whole: list(
      'category|recorded category|complaint category|theme|complaint theme en|label|分类|类别|一级标签|一级分类',
      '投诉分类|投诉类别|问题分类|业务分类|归类|三级分类|投诉原因|问题类型|标签',
    ),
    inside: list('三级分类|二级分类|一级分类|一级标签|投诉分类|问题分类|theme en|category|归类|分类'),
    not: ['age', 'churn', '年龄'],
  },
  text: {
    whole: list(
      'text|customer complaint|complaint|complaint text|narrative|consumer complaint narrative|content|description',
      'comment|comments|message|body|review|feedback|subject|title|utterance|transcript|complaint subtheme en',
      'complaint topic en|question|内容|投诉内容|留言详情|留言主题|留言内容|反馈内容|客户原话|问题描述|描述|用户描述',
      '意见|建议|诉求|诉求内容|受理内容|业务内容|工单内容|来电内容|主题|标题|原因描述|抱怨内容|咨询内容|评论',
      '评价内容|回访意见|备注|详情|正文|文本',
    ),
    inside: list(
      '投诉内容|留言|客户原话|描述|诉求内容|受理内容|工单内容|意见|complaint text|narrative|comment|subtheme en',
      'topic en|description',
      '诉求|说明|内容',
    ),
    not: list('编号|时间|用户|id|date|是否|次数|类型'),
  },
  turns: {
    whole: list('turns|dialog|dialogue|conversation|messages|content|transcript|对话|对话内容|会话|会话内容|转写|录音文本'),
    inside: ['对话', '会话内容'],
  },
};

export const CUSTOMER_WORDS: Readonly<Record<CustomerField, FieldWords>> = {
  customer: VOICE_WORDS.customer,
  subscription: {
    whole: list(
      'subscription|subscription id|subscriber|subscriber id|service number|line|订阅|用户实例|产品实例|业务实例',
      '服务号码|业务号码|订购实例|用户id|用户编号|用户标识',
    ),
    inside: ['产品实例', '业务号码', '服务号码', 'subscription'],
    not: ['type', 'date'],
  },
  name: { whole: list('name|customer name|full name|姓名|客户姓名|客户名称|用户姓名|机主姓名|名称'), inside: ['姓名', '客户名称'] },
  phone: { ...VOICE_WORDS.phone, not: ['service', 'lines', 'phoneservice'] },
  id_number: { whole: list('id number|id card|identity number|身份证|身份证号|身份证号码|证件号码|证件号'), inside: ['身份证', '证件号'] },
  address: {
    whole: list('address|street|install address|地址|装机地址|安装地址|联系地址|住址'),
    inside: ['地址', 'address'],
    not: ['email', 'ip'],
  },
  region: VOICE_WORDS.region,
  city: VOICE_WORDS.city,
  district: VOICE_WORDS.district,
  community: VOICE_WORDS.community,
  brand: { whole: ['brand', '品牌', '客户品牌', '用户品牌'], inside: ['客户品牌', '用户品牌'], not: ['终端'] },
  age_band: { whole: list('age band|age|age group|age category|agecategory|年龄|年龄段|年龄层'), inside: ['年龄'] },
  tenure_months: {
    whole: list('tenure|tenure months|tenure in months|在网时长|网龄|在网月数|入网时长'),
    inside: ['网龄', '在网时长', 'tenure'],
  },
  product: VOICE_WORDS.product,
  plan: { ...VOICE_WORDS.plan, whole: [...VOICE_WORDS.plan.whole, 'contract', 'offer'] },
  value_tier: {
    whole: list('value tier|value|tier|segment|star|价值等级|客户星级|星级|客户等级|价值|客户星级标识'),
    inside: ['星级', '价值等级', '客户等级'],
  },
  group: { whole: list('group|vpmn group|vpmn|集团|集团编号|集团名称|v网|集团v网'), inside: ['vpmn', '集团'] },
  since: {
    whole: list('since|joined|start date|activation date|入网时间|入网日期|开户时间|开通时间|开户日期|生效时间'),
    inside: ['入网时间', '开户', '开通时间'],
  },
  until: {
    whole: list('until|end date|closed at|churn date|离网时间|销户时间|失效时间|拆机时间|离网日期'),
    inside: ['离网', '销户', '拆机'],
  },
};

export const USAGE_WORDS: Readonly<Record<UsageField, FieldWords>> = {
  subscription: {
    whole: [...CUSTOMER_WORDS.subscription.whole, ...list('订购号|号码|手机号|手机号码|msisdn|phone|phone number')],
    inside: [...CUSTOMER_WORDS.subscription.inside, '订购', '号码'],
    not: ['type', 'date'],
  },
  customer: VOICE_WORDS.customer,
  month: {
    whole: list('month|billing month|period|月份|账期|月|统计月|统计月份|数据月份'),
    inside: ['月份', '账期', 'month'],
    not: ['月均'],
  },
  minutes: {
    whole: list('minutes|voice minutes|mou|call minutes|通话分钟|通话时长|通话分钟数|月均通话分钟|计费时长'),
    inside: ['通话分钟', '通话时长', 'minutes', 'mou'],
  },
  megabytes: {
    whole: list('megabytes|mb|data mb|dou|data volume mb|流量mb|流量|月均流量mb|上网流量mb'),
    inside: ['流量', 'megabytes', 'dou'],
    not: ['gb', '费'],
  },
  messages: { whole: list('messages|sms|sms count|短信条数|短信|短信量|月均短信条数'), inside: ['短信', 'sms'], not: ['费'] },
  bill: {
    whole: list('bill|bill amount|arpu|charge|amount|fee|账单金额|账单|应收金额|消费金额|月均消费|月均账单|出账金额|费用'),
    inside: ['账单', 'arpu', '出账', '应收', '消费'],
  },
};
