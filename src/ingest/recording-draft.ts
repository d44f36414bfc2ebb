import type { Instant } from '../model/ids.ts';
import { type RecordingDraft, judgedKind } from '../model/recording.ts';
import type { Pack } from '../model/pack.ts';
import type { Viewer } from '../model/people.ts';
import type { Problem } from '../model/problem.ts';
import type { VoiceDraft } from '../model/voice.ts';

const MINUTE_MS = 60_000;
/** A contact is recorded while it goes on or soon after; what is older comes by an import. */
const LONGEST_MS = 31 * 86_400_000;

/** Everything that is wrong with a recording, at once. @param now the clock */
export function recordingProblems(draft: RecordingDraft, pack: Pick<Pack, 'categories'>, now: Instant): readonly Problem[] {
  const problems: Problem[] = [];
  const leaf = pack.categories.some((one) => one.code === draft.category && one.cell !== undefined);
  if (!leaf) problems.push({ code: 'pack-reference-unknown', column: 'category', params: { value: draft.category } });
  if (draft.startedAt !== null) {
    const age = Date.parse(now) - Date.parse(draft.startedAt);
    if (age < -MINUTE_MS) problems.push({ code: 'date-future', column: 'started_at', params: { value: draft.startedAt } });
    if (age > LONGEST_MS) problems.push({ code: 'value-out-of-range', column: 'started_at', params: { min: -31, max: 0 } });
  }
  if (draft.online && !draft.replied) problems.push({ code: 'field-required', column: 'replied' });
  return problems;
}

const looksLikePhone = (key: string): boolean => /^\+?\d[\d -]{5,18}$/.test(key);

/** The customer as the desk found him; null: nobody within reach has this number. */
export interface FoundCustomer {
  readonly customer: string;
  readonly phone: string | null;
  readonly city: string | null;
}

/**
 * The voice of a recording. A customer of another city keeps his number as it was given and no more: whoever records for one city
 * writes there, and learns nothing of another.
 */
export function voiceOf(
  draft: RecordingDraft,
  from: {
    readonly viewer: Pick<Viewer, 'unit' | 'city' | 'staffNo' | 'scope' | 'locale'>;
    readonly found: FoundCustomer | null;
    readonly categoryName: string;
    readonly key: string;
    readonly now: Instant;
  },
): VoiceDraft {
  const { viewer, found, now } = from;
  const given = draft.customer?.trim() ?? '';
  const said = draft.text.trim();
  return {
    outsideId: from.key,
    saidAt: draft.startedAt ?? now,
    // Nobody said when it began: it is being recorded while it goes on.
    saidAtKnown: true,
    kind: judgedKind(draft),
    channel: draft.channel,
    product: null,
    plan: null,
    region: found === null && viewer.scope !== 'province' ? viewer.city : null,
    unit: viewer.unit,
    agent: viewer.staffNo,
    customer: found?.customer ?? (given === '' || looksLikePhone(given) ? null : given),
    phone: found?.phone ?? (looksLikePhone(given) ? given : null),
    score: null,
    status: null,
    recordedCategory: draft.category,
    // Who has no time to write still recorded what it was about.
    text: said === '' ? from.categoryName : said,
    turns: null,
    attributes: {},
  };
}
