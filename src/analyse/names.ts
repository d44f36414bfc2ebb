import type { Names } from '../model/question.ts';
import { FEELINGS, type Feeling } from '../model/reading.ts';
import { CHANNELS, type Channel, VOICE_KINDS, type VoiceKind } from '../model/voice.ts';

export interface Coded {
  readonly code: string;
  readonly names: Names;
}

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
export const FEELINGS_NAMED = coded(FEELINGS, FEELING_NAMES);

/** What a row without a value is called. */
export function emptyName(dimension: string): Names {
  return dimension.startsWith('category') ? { zh: '未归类', en: 'Unmapped' } : { zh: '未注明', en: 'Not stated' };
}
