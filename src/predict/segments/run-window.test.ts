import { expect, test } from 'vitest';
import { newestOf } from './run-window.ts';

test('the newest run looks at the latest time and is done; of two for one time it is the one listed first', () => {
  const runs = [
    { id: 'waiting', state: 'queued', as_of: '2026-08-01T00:00:00Z' },
    { id: 'again', state: 'done', as_of: '2026-07-01T00:00:00Z' },
    { id: 'before', state: 'done', as_of: '2026-06-01T00:00:00Z' },
    { id: 'first', state: 'done', as_of: '2026-07-01T00:00:00Z' },
  ] as const;
  expect(newestOf(runs)?.id).toBe('again');
  expect(newestOf(runs.slice(0, 1))).toBeUndefined();
});
