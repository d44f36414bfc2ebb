import type { Pair } from './pairs.ts';

export type Words = Readonly<Record<string, Pair>>;

/** Codes that come from the server and carry dots, in words. One that nobody named yet is shown as it is. */
export const wordOf = (words: Words, code: string, locale: 'zh' | 'en'): string =>
  (Object.hasOwn(words, code) ? words[code]?.[locale === 'zh' ? 0 : 1] : undefined) ?? code;

export const VERB_WORDS: Words = {
  'voices.read': ['查看声音', 'read voices'],
  'voices.reveal': ['查看隐去的信息', 'reveal personal data'],
  'voices.push': ['推送声音', 'push voices'],
  'voices.record': ['每诉必录', 'record voices'],
  'numbers.read': ['查看数字', 'read numbers'],
  'numbers.export': ['导出', 'export'],
  'imports.run': ['导入', 'import'],
  'customers.import': ['导入客户', 'import customers'],
  'rules.read': ['查看规则', 'read rules'],
  'rules.write': ['修改规则', 'write rules'],
  'alarms.read': ['查看预警', 'read alarms'],
  'alarms.acknowledge': ['确认预警', 'acknowledge alarms'],
  'orders.read': ['查看工单', 'read orders'],
  'orders.create': ['新建工单', 'raise orders'],
  'orders.work': ['办理工单', 'work on orders'],
  'orders.close': ['关闭工单', 'close orders'],
  'organisation.read': ['查看组织', 'read the organisation'],
  'members.write': ['管理成员', 'keep members'],
  'roles.grant': ['授权', 'grant roles'],
  'system.operate': ['管理系统', 'run the system'],
  'audit.read': ['查看审计', 'read the audit'],
  'levels.write': ['调整抱怨等级', 'set grievance levels'],
  'reader.train': ['训练识别', 'train the reader'],
  'experiments.write': ['管理实验', 'run experiments'],
  'segments.run': ['运行客户分群', 'run customer segments'],
  'peaks.write': ['管理峰终外呼与品质专员', 'keep specialists and the warning line'],
  'peaks.call': ['外呼抱怨客户', 'call customers above the line'],
};

export const QUEUE_WORDS: Words = {
  'warehouse.follow': ['分析库跟进', 'warehouse follows'],
  'warehouse.forget': ['分析库删除', 'warehouse forgets'],
  'warehouse.rebuild': ['分析库重建', 'warehouse rebuild'],
  'understand.read': ['识别声音', 'read voices'],
  'warn.evaluate': ['评估预警规则', 'evaluate rules'],
  'warn.announce': ['发送通知', 'send announcements'],
  'predict.levels': ['抱怨分级', 'grade grievances'],
  'act.peaks': ['预警线与外呼队列', 'warning line and calls'],
  'verify.measure': ['测量成效', 'measure outcomes'],
  'verify.experiments': ['查看实验结果', 'look at experiments'],

  'warn.timers': ['预警计时', 'alarm timers'],
  'verify.remeasure': ['重新测量成效', 'measure outcomes anew'],
  'ingest.import': ['导入', 'imports'],
  'ingest.abandoned': ['清理中断的导入', 'end imports cut off'],
  'ingest.rule-segments': ['按规则归入客群', 'segments by rule'],
  'predict.segments': ['客户分群', 'customer segments'],
  'ingest.undo': ['撤销导入', 'undo imports'],
  'import.undo': ['撤销导入', 'undo imports'],
  'system.housekeeping': ['定期清理', 'tidying up'],
  'backup.daily': ['每日备份', 'daily backup'],
  'backup.make': ['备份', 'backup'],
};
