import type { Filter, Question } from '../model/question.ts';
import { bucketEnd } from './local-time.ts';
import { dimensionOf } from './vocabulary.ts';

/** The filters that open exactly the voices counted in one row of an answer: those of the question and one for each of the row's values. */
export function voicesBehind(
  question: Pick<Question, 'by' | 'where'>,
  row: Readonly<Record<string, string | number | null | undefined>>,
): readonly Filter[] {
  const ofRow = question.by.flatMap((name): Filter[] => {
    const found = dimensionOf(name);
    const value = row[name];
    if (found === undefined || value === undefined) return [];
    if (found.ref.kind === 'bucket' && value !== null) {
      return [{ field: 'said_at', from: String(value), before: bucketEnd(found.ref.unit, String(value)) }];
    }
    return [{ field: name, in: [value === null ? null : String(value)] }];
  });
  return [...question.where, ...ofRow];
}
