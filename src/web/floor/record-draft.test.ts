import { describe, expect, it } from 'vitest';
import type { CauseChoice, CustomerAtDesk } from '../../model/recording.ts';
import { findCauses, searchable } from './find-cause.ts';
import { bodyOf, freshDraft, keepDraft, keptDraft, solved, withCustomer, withNumber } from './record-draft.ts';

const cause = (code: string, zh: string, en: string, words: readonly string[] = []): CauseChoice => ({
  code,
  names: { zh, en },
  above: [{ zh: '固网通信质量', en: 'Fixed network' }],
  words,
  scripts: [],
});
const CAUSES = [
  cause('a', '宽带断网无法上网', 'Broadband outage', ['断网']),
  cause('b', '宽带网速慢', 'Slow broadband', ['卡顿']),
  cause('c', '账单与实际不符', 'Wrong bill'),
];
const found = (typed: string, likely: string | null = null): readonly string[] =>
  findCauses(searchable(CAUSES, 'zh'), typed, likely).map((one) => one.code);

describe('a cause', () => {
  it('is found by first letters, by words, by the words of its terms, and in the other language', () => {
    expect(found('kddw')).toEqual(['a']);
    expect(found('wsm')).toEqual(['b']);
    expect(found('账单')).toEqual(['c']);
    expect(found('卡顿')).toEqual(['b']);
    expect(found('bill')).toEqual(['c']);
    expect(found('gwtxzl')).toHaveLength(3);
    expect(found('kd 慢')).toEqual(['b']);
    expect(found('xyz')).toEqual([]);
  });
  it('that the customer told last leads while nothing or nothing better is typed', () => {
    expect(found('', 'c')[0]).toBe('c');
    expect(found('kd', 'b')[0]).toBe('b');
    expect(found('zd', 'a')[0]).toBe('c');
  });
});

describe('a draft', () => {
  const store = new Map<string, string>();
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  };
  it('is the same after a reload, one member’s is not another’s, and what is spoilt is nothing', () => {
    const draft = { ...freshDraft('k', 'hall', '139'), text: '断网', upset: true };
    keepDraft('me', draft, storage);
    expect(keptDraft('me', storage)).toEqual(draft);
    expect(keptDraft('you', storage)).toBeNull();
    store.set('voxloop.record.me', '{"x":');
    expect(keptDraft('me', storage)).toBeNull();
    keepDraft('me', null, storage);
    expect(store.size).toBe(0);
  });
  it('says that all was solved when it was solved at once, and by the feeling whether the customer is content', () => {
    const fresh = freshDraft('k', 'hotline');
    expect(solved(fresh, true)).toMatchObject({ online: true, effect: 'all-happy', replied: true });
    expect(solved({ ...fresh, upset: true }, true).effect).toBe('all-unhappy');
    expect(solved(solved(fresh, true), false)).toEqual(fresh);
  });
  it('takes its beginning and the count from the customer, and sends nothing that was not said', () => {
    const draft = withCustomer(freshDraft('k', 'hotline', ' 139 '), { now: '2026-03-10T02:00:00.000Z', times: 2 } as CustomerAtDesk);
    expect(draft).toMatchObject({ times: 3, startedAt: '2026-03-10T02:00:00.000Z' });
    expect(bodyOf({ ...draft, category: 'a' })).toMatchObject({
      customer: '139',
      demand: null,
      category: 'a',
      started_at: draft.startedAt,
    });
    expect(bodyOf(draft)).not.toHaveProperty('key');
    expect(bodyOf(draft)).not.toHaveProperty('timesTyped');
  });
  it('counts for the customer whose number stands there, unless somebody typed the count', () => {
    const found = (times: number) => ({ now: '2026-03-10T02:00:00.000Z', times }) as CustomerAtDesk;
    const wrong = withCustomer(freshDraft('k', 'hotline', '139'), found(6));
    expect(withNumber(wrong, '139 ').times).toBe(7);
    expect(withNumber(wrong, '138').times).toBe(1);
    expect(withCustomer(withNumber(wrong, '138'), found(1)).times).toBe(2);
    expect(withCustomer(withNumber({ ...wrong, times: 4, timesTyped: true }, '138'), found(1)).times).toBe(4);
  });
});
