import { feedThread } from '../../platform/feed-thread.client.ts';
import type { FromLook, LookStart, ToLook } from './look-messages.ts';

/** Compares a cohort on a thread of its own, which is handed the customers page by page as they are read. */
export function compareCohort(start: LookStart, pages: AsyncIterable<ToLook>, signal?: AbortSignal): Promise<FromLook> {
  const answerOf = (answer: FromLook): { readonly answer: FromLook } => ({ answer });
  return feedThread(new URL('./look.worker.ts', import.meta.url), start, pages, answerOf, signal);
}
