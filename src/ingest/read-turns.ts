import type { Turn } from '../model/voice.ts';

type Speaker = Turn['speaker'];

const AGENT = /^(?:agent|csr|operator|staff|assistant|bot|server|service|客服|坐席|话务员|服务员|工作人员|机器人)/i;
const CUSTOMER = /^(?:customer|client|caller|user|consumer|subscriber|客户|用户|顾客|主叫|来电人)/i;
const NUMBERED = /^\[?\s*(?:speaker|spk|说话人|发言人|角色)[\s_-]*([\dA-Z一二])?\s*\]?$/i;
/** What is said in the service's name. Customers hardly ever say 您. */
const SERVICE = /您|请问有什么|how (?:can|may) i help|thank you for calling/i;
const SPEAKER_KEYS = ['speaker', 'role', 'from', 'who', 'name', 'sender', 'author', '角色', '说话人'];
const TEXT_KEYS = ['text', 'content', 'utterance', 'message', 'words', 'sentence', 'body', '内容', '文本', '话术'];
// Of a trimmed line: a leading \s* would try every blank of a line of blanks again.
const LINE = /^\[?([^\]:：\n]{1,20})\]?\s*[:：]\s*(.*)$/;
const MAX_TURNS = 5_000;

interface Said {
  readonly label: string;
  readonly text: string;
}

/**
 * Turns of a conversation, out of JSON (`[{"speaker","text"}]`, `[{"客服": …, "用户": …}]`, `["…"]`) or of lines `客服：…`.
 * null: it is no conversation.
 */
export function readTurns(text: string): readonly Turn[] | null {
  const said = text.trimStart().startsWith('[') ? saidInJson(text) : saidInLines(text);
  return said === null || said.length === 0 ? null : withSpeakers(said.slice(0, MAX_TURNS));
}

/** What the customer said; everything, when nobody is known as the customer. */
export function customerText(turns: readonly Turn[]): string {
  const own = turns.filter((turn) => turn.speaker === 'customer');
  return (own.length > 0 ? own : turns).map((turn) => turn.text).join('\n');
}

function saidInJson(text: string): readonly Said[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return saidInLines(text);
  }
  return Array.isArray(value) ? value.flatMap(saidInItem) : null;
}

function saidInItem(item: unknown): readonly Said[] {
  if (typeof item === 'string') return item.trim() === '' ? [] : [{ label: '', text: item.toWellFormed() }];
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
  const entries = Object.entries(item).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const named = (keys: readonly string[]): string | undefined => entries.find(([key]) => keys.includes(key.toLowerCase()))?.[1];
  const text = named(TEXT_KEYS);
  const found = text === undefined ? entries.filter(([key]) => isSpeaker(key)) : [[named(SPEAKER_KEYS) ?? '', text] as const];
  return found.flatMap(([label, words]) => (words.trim() === '' ? [] : [{ label, text: words.toWellFormed() }]));
}

/** `客服` and `[SPEAKER 1]` speak; `客服意图` is a remark about them. */
function isSpeaker(key: string): boolean {
  return (
    NUMBERED.test(key.trim()) || ((AGENT.test(key) || CUSTOMER.test(key)) && key.length <= 12 && !/意图|情绪|标签|intent|label/i.test(key))
  );
}

function saidInLines(text: string): readonly Said[] | null {
  const said: Said[] = [];
  for (const line of text.split('\n')) {
    const match = LINE.exec(line.trimStart());
    const last = said.at(-1);
    if (match !== null && isSpeaker(match[1] ?? '')) said.push({ label: match[1] ?? '', text: match[2] ?? '' });
    else if (last !== undefined && line.trim() !== '') said[said.length - 1] = { ...last, text: `${last.text}\n${line.trim()}` };
    else if (line.trim() !== '') return null;
  }
  return said.filter(({ text: words }) => words.trim() !== '');
}

/** Numbered speakers: the one who most often speaks in the service's name is the agent, or else the one who speaks first. */
function withSpeakers(said: readonly Said[]): readonly Turn[] {
  const numbered = Map.groupBy(
    said.filter(({ label }) => NUMBERED.test(label.trim())),
    ({ label }) => label,
  );
  const serving = (turns: readonly Said[]): number => turns.filter(({ text }) => SERVICE.test(text)).length / turns.length;
  const agent = [...numbered].sort(([, a], [, b]) => serving(b) - serving(a))[0]?.[0];
  const speakerOf = (label: string): Speaker => {
    if (AGENT.test(label)) return 'agent';
    if (CUSTOMER.test(label)) return 'customer';
    if (agent === undefined || !NUMBERED.test(label.trim())) return 'other';
    return label === agent ? 'agent' : 'customer';
  };
  return said.map(({ label, text }) => ({ speaker: speakerOf(label), text }));
}
