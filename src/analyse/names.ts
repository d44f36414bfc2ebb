import type { Names } from '../model/question.ts';
import { FEELINGS, type Feeling } from '../model/reading.ts';
import type { Coded } from '../model/vocabulary.ts';
import { CHANNELS, type Channel, VOICE_KINDS, type VoiceKind } from '../model/voice.ts';

const KIND_NAMES: Readonly<Record<VoiceKind, Names>> = {
  grievance: { zh: '抱怨', en: 'Grievance' },
  complaint: { zh: '投诉', en: 'Complaint' },
  consultation: { zh: '咨询', en: 'Consultation' },
  suggestion: { zh: '建议', en: 'Suggestion' },
  fault: { zh: '报障', en: 'Fault report' },
  survey: { zh: '回访意见', en: 'Survey comment' },
  praise: { zh: '表扬', en: 'Praise' },
};
const CHANNEL_NAMES: Readonly<Record<Channel, Names>> = {
  hotline: { zh: '热线', en: 'Hotline' },
  hall: { zh: '营业厅', en: 'Service hall' },
  app: { zh: '手机客户端', en: 'App' },
  web: { zh: '网上营业厅', en: 'Web' },
  field: { zh: '上门装维', en: 'Field visit' },
  survey: { zh: '回访', en: 'Survey' },
  social: { zh: '社交媒体', en: 'Social media' },
  sms: { zh: '短信', en: 'SMS' },
  email: { zh: '邮件', en: 'E-mail' },
  other: { zh: '其他', en: 'Other' },
};
const FEELING_NAMES: Readonly<Record<Feeling, Names>> = {
  angry: { zh: '愤怒', en: 'Angry' },
  negative: { zh: '负面', en: 'Negative' },
  neutral: { zh: '中性', en: 'Neutral' },
  positive: { zh: '正面', en: 'Positive' },
};

const coded = <Code extends string>(codes: readonly Code[], names: Readonly<Record<Code, Names>>): readonly Coded[] =>
  codes.map((code) => ({ code, names: names[code] }));
export const KINDS = coded(VOICE_KINDS, KIND_NAMES);
export const CHANNELS_NAMED = coded(CHANNELS, CHANNEL_NAMES);
/** What systems write as the state of a case, in English. */
export const STATUSES_NAMED: readonly Coded[] = Object.entries({
  已办结: 'Closed',
  已完成: 'Done',
  已处理: 'Handled',
  已关闭: 'Closed',
  已归档: 'Filed',
  已回访: 'Called back',
  已撤销: 'Withdrawn',
  处理中: 'In progress',
  待处理: 'Waiting',
  待回访: 'To be called back',
  未处理: 'Not handled',
  已派单: 'Assigned',
  已受理: 'Accepted',
}).map(([code, en]) => ({ code, names: { zh: code, en } }));

/** A source that is called after a channel is named as that channel is. */
export function sourceNames(name: string): Names {
  return Object.hasOwn(CHANNEL_NAMES, name) ? CHANNEL_NAMES[name as Channel] : { zh: name, en: name };
}

/** Values of the dimensions that ask whether something is known. */
export const ANSWERS_NAMED: readonly Coded[] = [
  { code: 'yes', names: { zh: '有', en: 'Yes' } },
  { code: 'no', names: { zh: '无', en: 'No' } },
];
export const segmentsNamed = (segments: readonly { readonly id: string; readonly names: Names }[]): readonly Coded[] =>
  segments.map(({ id, names }) => ({ code: id, names }));
export const FEELINGS_NAMED = coded(FEELINGS, FEELING_NAMES);

/** What a row without a value is called. */
export function emptyName(dimension: string): Names {
  return dimension.startsWith('category') ? { zh: '未归类', en: 'Unmapped' } : { zh: '未注明', en: 'Not stated' };
}
