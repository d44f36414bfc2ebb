import type { Instant } from '../model/ids.ts';
import type { Problem } from '../model/problem.ts';
import type { Channel, Turn, VoiceDraft, VoiceKind } from '../model/voice.ts';
import { SAMPLE_ID } from './files/mended-files.ts';
import type { RawRecord } from './files/records.ts';
import { type VoiceWords, wordOf } from './mapping/words.ts';
import { customerText, readTurns } from './read-turns.ts';
import { LIMITS, readNumber, type RowPlan, RowReader, shown } from './row-plan.ts';
import { isAhead, readDateAndClock, readWhen, type WhenRead } from './when.ts';

export interface VoiceContext {
  readonly now: Instant;
  /** For rows without a time (`--said-at`); null = `now`. */
  readonly saidAtDefault: Instant | null;
  readonly words: VoiceWords;
  /** IANA zone of times without an offset, unless the mapping names one. */
  readonly timeZone: string;
}

export type RowOutcome<Draft> =
  | { readonly kind: 'accepted'; readonly draft: Draft; readonly warnings: readonly Problem[] }
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] };

/** One record of a file → one voice, or everything that is wrong with it. */
export function toVoice(record: RawRecord, plan: RowPlan, context: VoiceContext): RowOutcome<VoiceDraft> {
  if (record.problem !== undefined) return { kind: 'rejected', problems: [record.problem] };
  const row = new RowReader(record, plan);
  if (row.cell('outside_id') === SAMPLE_ID) return { kind: 'rejected', problems: [{ code: 'template-sample', row: record.row }] };
  const turns = turnsOf(row);
  const score = scoreOf(row);
  const text = textOf(row, turns);
  // Where scores are collected, a contact that was not scored still counts; everywhere else a voice says something.
  if (text === '' && turns === null && plan.places.score === undefined) row.refuse('text-missing', 'text');
  const when = whenOf(row, context);
  const constants = plan.mapping.constants ?? {};
  const draft: VoiceDraft = {
    outsideId: row.id('outside_id'),
    ...when,
    kind: kindOf(row, context.words),
    channel: channelOf(row, context.words),
    product: row.value('product') ?? constants.product ?? null,
    plan: row.value('plan') ?? constants.plan ?? null,
    region: regionOf(row) ?? constants.region ?? null,
    unit: row.id('unit') ?? constants.unit ?? null,
    agent: row.id('agent'),
    customer: row.id('customer'),
    phone: row.id('phone'),
    score,
    status: row.value('status') ?? constants.status ?? null,
    recordedCategory: row.value('recorded_category'),
    text,
    turns,
    attributes: row.attributes(['kind', 'channel', ...coarserRegions(row), ...(score === null ? (['score'] as const) : [])]),
  };
  row.refuseUnstorable();
  return row.problems.length > 0 ? { kind: 'rejected', problems: row.problems } : { kind: 'accepted', draft, warnings: row.warnings };
}

function turnsOf(row: RowReader): readonly Turn[] | null {
  const cell = row.cell('turns');
  return cell === null ? null : readTurns(cell);
}

/** Several text columns are joined; without any, what the customer said in the conversation. */
function textOf(row: RowReader, turns: readonly Turn[] | null): string {
  const parts: string[] = [];
  for (const place of row.plan.texts) {
    const part = row.at(place);
    if (part !== null) parts.push(part);
  }
  // A conversation that cannot be taken apart is still what was said.
  if (parts.length === 0) parts.push(turns === null ? (row.cell('turns') ?? '') : customerText(turns));
  const text = parts.join('\n');
  if (text.length > LIMITS.text) row.refuse('value-too-long', 'text', { length: text.length, limit: LIMITS.text });
  return text;
}

function scoreOf(row: RowReader): number | null {
  const cell = row.cell('score');
  if (cell === null) return null;
  const score = readNumber(cell);
  if (score === null) row.warn('number-unreadable', 'score', { value: shown(cell) });
  return score;
}

function whenOf(row: RowReader, context: VoiceContext): { saidAt: Instant; saidAtKnown: boolean } {
  const field = row.plan.places.said_at === undefined ? 'said_date' : 'said_at';
  const cell = row.cell(field);
  const assumed = context.saidAtDefault ?? context.now;
  if (cell === null) {
    row.warn('date-assumed', field, { value: assumed });
    return { saidAt: assumed, saidAtKnown: false };
  }
  const options = { zone: row.plan.mapping.zone ?? context.timeZone, order: row.plan.mapping.dateOrder };
  const clock = field === 'said_date' ? row.cell('said_clock') : null;
  const when = clock === null ? readWhen(cell, options) : readDateAndClock(cell, clock, options);
  return {
    saidAt: checkedInstant(when, row, field, clock === null ? cell : `${cell} ${clock}`, context.now) ?? assumed,
    saidAtKnown: true,
  };
}

/** Refuses what is no time or lies more than a day ahead, flags what could be two. */
export function checkedInstant(
  when: WhenRead,
  row: RowReader,
  field: 'said_at' | 'said_date' | 'since' | 'until',
  value: string,
  now: Instant | null,
): Instant | null {
  if (when.kind === 'unreadable') {
    row.refuse('date-unreadable', field, { value: shown(value) });
    return null;
  }
  if (now !== null && isAhead(when.instant, now)) row.refuse('date-future', field, { value: shown(value) });
  if (when.ambiguous) row.warn('date-ambiguous', field, { value: shown(value) });
  return when.instant;
}

function kindOf(row: RowReader, words: VoiceWords): VoiceKind {
  const cell = row.cell('kind');
  const constant = row.plan.mapping.constants?.kind ?? 'grievance';
  if (cell === null) return constant;
  const kind = wordOf(cell, words.kinds);
  if (kind === null) row.warn('kind-unknown', 'kind', { value: shown(cell) });
  return kind ?? constant;
}

function channelOf(row: RowReader, words: VoiceWords): Channel {
  const cell = row.cell('channel');
  const constant = row.plan.mapping.constants?.channel ?? 'other';
  if (cell === null) return constant;
  const channel = wordOf(cell, words.channels);
  if (channel === null) row.warn('channel-unknown', 'channel', { value: shown(cell) });
  return channel ?? constant;
}

const REGIONS = ['community', 'district', 'city', 'region'] as const;

/** The most specific place that the row names. */
export function regionOf(row: RowReader): string | null {
  for (const field of REGIONS) {
    const region = row.value(field);
    if (region !== null) return region;
  }
  return null;
}

/** Places that are named beside a more specific one stay as attributes. */
function coarserRegions(row: RowReader): readonly (typeof REGIONS)[number][] {
  return REGIONS.filter((field) => row.cell(field) !== null).slice(1);
}

/**
 * The voice as one text that does not depend on the order of columns: two rows with the same id and the same body are duplicates,
 * with another body a conflict. A time that was only assumed is left out, so that the same file tomorrow is the same file.
 */
export function canonicalBody(draft: VoiceDraft): string {
  const { attributes, turns, saidAt, saidAtKnown, kind, channel, product, plan, region, unit, agent, ...rest } = draft;
  const { customer, phone, score, status, recordedCategory, text: said } = rest;
  const where = [kind, channel, product, plan, region, unit, agent];
  return JSON.stringify([
    saidAtKnown ? saidAt : null,
    where,
    [customer, phone, score, status, recordedCategory, said],
    turns?.map(({ speaker, text }) => [speaker, text]) ?? null,
    sortedEntries(attributes),
  ]);
}

export function sortedEntries(attributes: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
