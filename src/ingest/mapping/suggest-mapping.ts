import type { Carries } from '../../model/import-views.ts';
import type { Channel, VoiceKind } from '../../model/voice.ts';
import type { InspectedColumn } from '../files/records.ts';
import { type DateOrder, readClock, readWhen } from '../when.ts';
import { CUSTOMER_WORDS, type FieldWords, USAGE_WORDS, VOICE_WORDS } from './field-words.ts';
import { type Field, fieldsOf, type Mapping } from './mapping.ts';
import { foldedTitle, type VoiceWords, wordOf } from './words.ts';

export interface SuggestedColumn {
  readonly title: string;
  readonly field: Field | null;
  /** 0–1; 0 when nothing is suggested. */
  readonly confidence: number;
}

export interface Suggestion {
  readonly columns: readonly SuggestedColumn[];
  readonly constants: { readonly kind?: VoiceKind; readonly channel?: Channel };
  readonly dateOrder: DateOrder | null;
}

export interface SuggestHints {
  readonly words?: VoiceWords;
  readonly fileName?: string;
}

type Column = Pick<InspectedColumn, 'title' | 'samples'> & { readonly dateOrder?: DateOrder | null };

interface Candidate {
  readonly index: number;
  readonly field: Field;
  readonly confidence: number;
}

/** Which column is which field, by its title (Chinese or English) and by what its values look like; the surest pair first. */
export function suggestMapping(columns: readonly Column[], as: Carries, hints: SuggestHints = {}): Suggestion {
  const candidates = columns
    .flatMap((column, index) => fieldsOf(as).map((field) => ({ index, field, confidence: confidenceOf(column, field, as, hints) })))
    .filter((candidate) => candidate.confidence >= 0.4)
    .sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  const chosen = withDateAndClock(assigned(candidates), columns);
  const suggested = columns.map(({ title }, index): SuggestedColumn => {
    const found = chosen.get(index);
    return { title, field: found?.field ?? null, confidence: found === undefined ? 0 : Math.round(found.confidence * 100) / 100 };
  });
  const dated = suggested.findIndex(({ field }) => field === 'said_at' || field === 'said_date' || field === 'since');
  return {
    columns: suggested,
    constants: as === 'voices' ? constantsOf(suggested, hints) : {},
    dateOrder: columns[dated]?.dateOrder ?? null,
  };
}

export function mappingOf(suggestion: Suggestion): Mapping {
  const mapped = suggestion.columns.flatMap(({ title, field }) => (field === null ? [] : [[title, field] as const]));
  return {
    columns: Object.fromEntries(mapped),
    ...(Object.keys(suggestion.constants).length === 0 ? {} : { constants: suggestion.constants }),
    ...(suggestion.dateOrder === null ? {} : { dateOrder: suggestion.dateOrder }),
  };
}

/** Each field once, each column once; free text may come from several columns whose titles say so. */
function assigned(candidates: readonly Candidate[]): Map<number, Candidate> {
  const chosen = new Map<number, Candidate>();
  const taken = new Set<Field>();
  for (const candidate of candidates) {
    const { index, field } = candidate;
    if (chosen.has(index) || (taken.has(field) && field !== 'text')) continue;
    chosen.set(index, candidate);
    taken.add(field);
  }
  return chosen;
}

/** `Date` and `Time` side by side are one instant in two columns; a date column that holds the time as well needs no second one. */
function withDateAndClock(chosen: Map<number, Candidate>, columns: readonly Column[]): Map<number, Candidate> {
  const of = (field: Field): Candidate | undefined => [...chosen.values()].find((candidate) => candidate.field === field);
  const clock = of('said_clock');
  const date = of('said_date') ?? of('said_at');
  if (clock === undefined) {
    const alone = of('said_date');
    if (alone !== undefined && of('said_at') === undefined) chosen.set(alone.index, { ...alone, field: 'said_at' });
    return chosen;
  }
  if (date === undefined || columns[date.index]?.samples.some(hasClock)) {
    chosen.delete(clock.index);
    if (date !== undefined) chosen.set(date.index, { ...date, field: 'said_at' });
    return chosen;
  }
  for (const other of [of('said_at'), of('said_date')]) if (other !== undefined) chosen.delete(other.index);
  chosen.set(date.index, { ...date, field: 'said_date' });
  return chosen;
}

function hasClock(sample: string): boolean {
  return /\d[:点时]\d/.test(sample);
}

function confidenceOf(column: Column, field: Field, as: Carries, hints: SuggestHints): number {
  const words = { voices: VOICE_WORDS, customers: CUSTOMER_WORDS, usage: USAGE_WORDS }[as] as Readonly<Partial<Record<Field, FieldWords>>>;
  if (column.title === field) return 1;
  const byTitle = titleConfidence(foldedTitle(column.title), words[field]);
  return byTitle === 0 ? 0 : byTitle * shapeFactor(column, field, hints);
}

function titleConfidence(title: string, words: FieldWords | undefined): number {
  if (words === undefined) return 0;
  // A word in the middle of an English one does not count: `id` is not in `video`.
  const has = (word: string): boolean => (/^[a-z ]+$/.test(word) ? ` ${title} `.includes(` ${word} `) : title.includes(word));
  const whole = words.whole.indexOf(title.replace(/ \d+$/, ''));
  if (whole >= 0) return 0.96 - Math.min(whole, 60) * 0.002;
  if (words.not?.some(has)) return 0;
  const inside = words.inside.findIndex(has);
  return inside < 0 ? 0 : 0.7 - inside * 0.005;
}

/** How well the values fit the field: 0 rules it out. Without values the title alone counts, with less weight. */
function shapeFactor({ title, samples }: Column, field: Field, hints: SuggestHints): number {
  if (samples.length === 0) return field === 'text' ? 0.7 : 0.6;
  const share = (fits: (sample: string) => boolean): number => samples.filter((sample) => fits(sample.trim())).length / samples.length;
  switch (field) {
    case 'said_at':
    case 'said_date':
    case 'since':
    case 'until':
      // Samples are different values: one that is broken weighs as much as a thousand good ones.
      return share((s) => readWhen(s, { zone: 'UTC' }).kind === 'read') >= 0.3 ? 1 : 0;
    case 'said_clock':
      return share((s) => readClock(s) !== null) >= 0.3 ? 1.02 : 0;
    case 'score':
      return share(isNumber) >= 0.6 ? 1 : 0;
    case 'tenure_months':
      return share((s) => /\d/.test(s)) >= 0.6 ? 1 : 0;
    case 'phone':
      // Numbers that a spreadsheet rounded are phones all the same: as such they are refused, not kept unnoticed.
      return share((s) => /^\+?[\d*() -]{5,20}$|^\d(?:\.\d+)?[Ee]\+?\d+$/.test(s)) >= 0.6 ? 1 : 0;
    case 'turns':
      return share(looksLikeTurns) >= 0.6 ? 1.03 : 0;
    case 'text':
      return share(isNumber) > 0.5 ? 0 : share(looksLikeTurns) > 0.5 ? 0.5 : 1;
    case 'city':
    case 'district':
    case 'community':
      // Names of other countries' towns are better kept as an attribute than refused as unknown regions.
      if (/\p{Script=Han}/u.test(title)) return share(isFlag) > 0.5 ? 0 : 1;
      return share((s) => /\p{Script=Han}/u.test(s) || /^\d{6,}$/.test(s)) >= 0.6 ? 1 : 0;
    case 'channel':
      return share(isNumber) > 0.5
        ? 0
        : hints.words !== undefined && share((s) => wordOf(s, hints.words?.channels) !== null) === 0
          ? 0.8
          : 1;
    case 'kind':
      return share(isNumber) > 0.5 ? 0 : hints.words === undefined ? 0.9 : 0.6 + 0.4 * share((s) => wordOf(s, hints.words?.kinds) !== null);
    case 'product':
    case 'plan':
    case 'recorded_category':
    case 'status':
      return share(isFlag) > 0.5 ? 0 : 1;
    case 'outside_id':
    case 'customer':
    case 'subscription':
      return share((s) => /^(?:-1|是|否|yes|no|true|false)$/i.test(s)) > 0.3 ? 0 : 1;
    default:
      return share(isFlag) === 1 && samples.length > 1 && samples.length <= 4 ? 0.5 : 1;
  }
}

function isNumber(sample: string): boolean {
  return /^-?\d+(?:[.,]\d+)?\s*[分%]?$/.test(sample);
}

/** Answers of a questionnaire, not values: −1, 0, 1, 是, 否. */
function isFlag(sample: string): boolean {
  return /^(?:-?\d|98|99|是|否|yes|no|true|false)$/i.test(sample);
}

function looksLikeTurns(sample: string): boolean {
  return /^\[\s*(?:\{|")/.test(sample) || /(?:^|\n)[^\S\n]*(?:坐席|客服|客户|用户|agent|customer)\s*[:：]/i.test(sample);
}

/** What the file as a whole is, when no column says it. */
function constantsOf(columns: readonly SuggestedColumn[], hints: SuggestHints): Suggestion['constants'] {
  const mapped = new Set(columns.map(({ field }) => field));
  const titles = columns.map(({ title }) => foldedTitle(title)).join('\n');
  const about = `${titles}\n${foldedTitle(hints.fileName ?? '')}`;
  const survey = mapped.has('score') && /满意度|问卷|survey|csat|nps|satisfaction|回访/.test(about);
  const kind: VoiceKind | null = survey
    ? 'survey'
    : mapped.has('turns')
      ? 'consultation'
      : /投诉内容|投诉编号|complaint/.test(titles) || /投诉|complaint/.test(foldedTitle(hints.fileName ?? ''))
        ? 'complaint'
        : null;
  const channel: Channel | null = survey ? 'survey' : mapped.has('turns') ? 'hotline' : null;
  return {
    ...(mapped.has('kind') || kind === null ? {} : { kind }),
    ...(mapped.has('channel') || channel === null ? {} : { channel }),
  };
}
