import type { Pack } from '../../model/pack.ts';
import { type Channel, CHANNELS, VOICE_KINDS, type VoiceKind } from '../../model/voice.ts';

/** Words of source files → what they mean. Lookups are remembered: files repeat a handful of words a million times. */
export interface VoiceWords {
  readonly kinds: WordBook<VoiceKind>;
  readonly channels: WordBook<Channel>;
}

export interface WordBook<Code extends string> {
  readonly words: ReadonlyMap<string, Code>;
  readonly remembered: Map<string, Code | null>;
}

const KIND_WORDS: Readonly<Record<VoiceKind, readonly string[]>> = {
  grievance: ['grievance', 'dissatisfaction', '抱怨', '不满', '吐槽'],
  complaint: ['complaint', 'complain', '投诉', '申诉', '举报', '信访'],
  consultation: ['consultation', 'enquiry', 'inquiry', 'question', 'query', 'request', 'information', '咨询', '查询', '求助', '询问'],
  suggestion: ['suggestion', 'idea', 'proposal', '建议', '意见建议'],
  fault: ['fault', 'trouble', 'outage', 'incident', 'repair', 'technical', '报障', '故障', '障碍申告', '报修', '障碍'],
  survey: ['survey', 'csat', 'nps', 'questionnaire', '回访', '满意度调查', '测评', '调研', '问卷'],
  praise: ['praise', 'compliment', 'thanks', '表扬', '感谢', '赞扬'],
};

const CHANNEL_WORDS: Readonly<Record<Channel, readonly string[]>> = {
  hotline: [
    'hotline',
    'customer care call',
    'call',
    'phone',
    'telephone',
    'call center',
    'call centre',
    'voice',
    '热线',
    '10010',
    '10086',
    '10000',
    '电话',
    '语音',
    '客服热线',
  ],
  hall: ['hall', 'store', 'shop', 'branch', 'counter', '营业厅', '厅店', '门店', '柜台'],
  app: ['app', 'mobile app', '手机营业厅', '掌厅', '客户端', '手厅'],
  web: ['web', 'internet', 'website', 'online', 'portal', '网厅', '网站', '网上营业厅', '网络', '在线'],
  field: ['field', 'technician', 'on site', '上门', '装维', '现场', '外线'],
  survey: ['survey', '回访', '外呼回访', '问卷', '测评'],
  social: ['social', 'social media', 'twitter', 'facebook', 'weibo', 'wechat', '微博', '微信', '抖音', '公众号', '社交'],
  sms: ['sms', 'text message', '短信'],
  email: ['email', 'e mail', 'mail', 'e-mail', '邮件', '邮箱', '信函'],
  other: ['other', 'others', '其他', '其它'],
};

/** The pack's words before ours. */
export function voiceWords(pack?: Pick<Pack, 'kind_words' | 'channel_words'>): VoiceWords {
  return { kinds: bookOf(VOICE_KINDS, pack?.kind_words, KIND_WORDS), channels: bookOf(CHANNELS, pack?.channel_words, CHANNEL_WORDS) };
}

function bookOf<Code extends string>(
  codes: readonly Code[],
  pack: Readonly<Record<string, readonly string[]>> | undefined,
  own: Readonly<Record<Code, readonly string[]>>,
): WordBook<Code> {
  const words = new Map<string, Code>();
  for (const code of codes) {
    for (const word of [code, ...(pack?.[code] ?? [])]) words.set(foldedTitle(word), code);
  }
  for (const code of codes) {
    for (const word of own[code]) if (!words.has(foldedTitle(word))) words.set(foldedTitle(word), code);
  }
  return { words, remembered: new Map() };
}

const REMEMBERED = 10_000;

/** The whole word, or else the longest known word inside it; null: not known. */
export function wordOf<Code extends string>(value: string, book: WordBook<Code> | undefined): Code | null {
  if (book === undefined) return null;
  const known = book.remembered.get(value);
  if (known !== undefined) return known;
  const found = lookedUp(foldedTitle(value), book);
  if (book.remembered.size < REMEMBERED) book.remembered.set(value, found);
  return found;
}

function lookedUp<Code extends string>(value: string, { words }: WordBook<Code>): Code | null {
  const whole = words.get(value);
  if (whole !== undefined) return whole;
  let best: { code: Code; length: number } | null = null;
  for (const [word, code] of words) {
    const inside = /^[a-z0-9 ]+$/.test(word) ? ` ${value} `.includes(` ${word} `) : value.includes(word);
    if (inside && word.length > 1 && word.length > (best?.length ?? 0)) best = { code, length: word.length };
  }
  return best?.code ?? null;
}

/** Half width, lower case, `camelCase`, `snake_case` and `kebab-case` as words. */
export function foldedTitle(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[\s_\-./*:()（）【】[\]"'?]+/g, ' ')
    .toLowerCase()
    .trim();
}
