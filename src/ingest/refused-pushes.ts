import type { Problem } from '../model/problem.ts';
import type { VoiceDraft } from '../model/voice.ts';
import type { RejectedRow } from './rejected-row.ts';
import { shown } from './row-plan.ts';

/** Every voice that was not taken, as it was pushed and with its reason: under a number of its own, because a day's pushes make one batch. */
export function refusedPushes(
  ids: { number(kind: 'audit', key: string): number },
  batch: string,
  pushed: readonly { readonly key: string; readonly draft: VoiceDraft }[],
  stored: { readonly conflicts: readonly { readonly row: number; readonly id: number }[]; readonly outOfScope: readonly number[] },
): readonly RejectedRow[] {
  const refused = (row: number, problem: Problem, voiceId: number | null): RejectedRow => ({
    row: ids.number('audit', `refused:${batch}:${pushed[row]?.key}:${row}`),
    problems: [problem],
    raw: pushed[row]?.draft ?? null,
    voiceId,
  });
  const draftOf = (row: number): VoiceDraft | undefined => pushed[row]?.draft;
  return [
    ...stored.conflicts.map(({ row, id }) => refused(row, { code: 'conflict', params: { id: shown(draftOf(row)?.outsideId ?? '') } }, id)),
    ...stored.outOfScope.map((row) =>
      refused(row, { code: 'region-out-of-scope', column: 'region', params: { value: shown(draftOf(row)?.region ?? '–') } }, null),
    ),
  ];
}
