import { feedThread } from '../../platform/feed-thread.client.ts';
import type { FromMoments, MomentsAnswer, MomentsStart, ToMoments } from './train-moments-messages.ts';

/**
 * Both models on a thread of its own, which is told what customers said page by page; null: too few outcomes to learn from. Ends with the
 * signal's reason when it is cancelled.
 */
export function trainMomentsInWorker(
  start: MomentsStart,
  told: AsyncIterable<ToMoments>,
  how: { readonly signal?: AbortSignal; readonly step?: (done: number, of: number) => void } = {},
): Promise<MomentsAnswer | null> {
  const answerOf = (message: FromMoments): { readonly answer: MomentsAnswer | null } | null => {
    if (message.kind === 'done') return message;
    how.step?.(message.done, message.of);
    return null;
  };
  return feedThread(new URL('./train-moments.worker.ts', import.meta.url), start, told, answerOf, how.signal);
}
