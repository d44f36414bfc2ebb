import { describe, expect, test } from 'vitest';
import type { Pack } from '../model/pack.ts';
import { loadPack } from '../understand/load-pack.client.ts';
import { recordedActions } from './recorded-actions.ts';

const none = { online: false, explained: false };

describe('what was done by what was recorded', () => {
  test.each<[string, Parameters<typeof recordedActions>[0], readonly string[]]>([
    ['nothing', { ...none, category: 'billing/charge/wrong' }, []],
    ['solved in the contact', { ...none, online: true, category: 'fixed/broadband/outage' }, ['solve-now']],
    ['a bill explained', { ...none, explained: true, category: 'billing/charge/wrong' }, ['explain-bill']],
    ['another cause explained', { ...none, explained: true, category: 'fixed/broadband/outage' }, ['explain-cause']],
    ['both', { online: true, explained: true, category: 'billing/charge/wrong' }, ['solve-now', 'explain-bill']],
  ])('%s', async (_what, draft, actions) => {
    expect(recordedActions(draft, await loadPack())).toEqual(actions);
  });

  test('a pack that calls no fact an action has none', () => {
    const pack: Pick<Pack, 'handling_actions'> = {
      handling_actions: [{ code: 'solve-now', names: { zh: '一', en: 'one' }, words: [], calls: false, specialists: false }],
    };
    expect(recordedActions({ online: true, explained: true, category: 'a/b/c' }, pack)).toEqual([]);
  });
});
