import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERIODS } from '../kit/periods.ts';
import {
  PAIN_VIEWS,
  RANKS,
  addressOfPain,
  crumbsOf,
  drilled,
  isBeyondChance,
  painStateIn,
  rankQuestion,
  startOf,
  toView,
} from './pain-view.ts';
import type { PainState } from './pain-view.ts';

const START: PainState = { view: 'rank', period: '30d', filters: [], compare: 'previous', rank: 'category_2' };
const NOW = new Date('2026-03-10T04:00:00Z');

describe('the state of the pain points', () => {
  it('survives its own address', () => {
    const states = fc.record({
      view: fc.constantFrom(...PAIN_VIEWS),
      period: fc.constantFrom(...PERIODS),
      filters: fc.constant([{ field: 'city', in: ['a,b', null] }, { text: '光改' }]),
      compare: fc.constantFrom(null, 'previous' as const, 'same-weekday' as const),
      rank: fc.constantFrom(...RANKS),
    });
    fc.assert(
      fc.property(states, (state) => {
        const wanted = state.view === 'rank' ? state : { ...state, rank: 'category_2' };
        expect(painStateIn(new URLSearchParams(addressOfPain(state).toString()))).toEqual(wanted);
      }),
    );
  });

  it('takes an address with measures or dimensions as a question of one’s own', () => {
    expect(painStateIn(new URLSearchParams('m=voices&by=city')).view).toBe('ask');
    expect(painStateIn(new URLSearchParams('period=7d')).view).toBe('rank');
  });

  it('keeps its voices when another view of them is opened', () => {
    const params = addressOfPain({ ...START, filters: [{ field: 'city', in: ['x'] }], period: '7d' });
    const words = painStateIn(new URLSearchParams(toView(params, 'words')));
    expect(words).toMatchObject({ view: 'words', period: '7d', filters: [{ field: 'city', in: ['x'] }] });
  });

  it('keeps how a view shows them when they change, but not its page nor what stands open', () => {
    const params = new URLSearchParams('draw=share&across=city&against=before&sort=-voices&cursor=c&evidence=e&period=7d');
    const next = addressOfPain({ ...painStateIn(params), period: '90d' }, params);
    expect(Object.fromEntries(next)).toEqual({ draw: 'share', across: 'city', against: 'before', sort: '-voices', period: '90d' });
    expect(toView(next, 'words')).toBe('?view=words&period=90d');
  });

  it('compares only what has a period', () => {
    expect(rankQuestion(START, NOW).compare).toBe('previous');
    expect(rankQuestion({ ...START, period: 'all' }, NOW).compare).toBeUndefined();
  });
});

describe('a step down', () => {
  it('goes from cause to finer cause, then to places, and never to what is chosen already', () => {
    const path = ['fixed', 'fixed/broadband', 'fixed/broadband/outage', '890101', '890101001'];
    const ranks = [];
    let state: PainState = { ...START, rank: 'category_1' };
    for (const value of path) {
      ranks.push(state.rank);
      state = drilled(state, value);
    }
    expect(ranks).toEqual(['category_1', 'category_2', 'category', 'district', 'community']);
    expect(state.filters.map((f) => ('in' in f ? f.in[0] : null))).toEqual(path);
    expect(state.filters.some((f) => 'in' in f && f.field === state.rank)).toBe(false);
  });

  it('can be taken back to any step and to the start', () => {
    let state: PainState = { ...START, rank: 'category_1', filters: [{ text: '光猫' }] };
    for (const value of ['fixed', 'fixed/broadband', 'x']) state = drilled(state, value);
    const [first, second] = crumbsOf(state);
    expect(first?.back).toMatchObject({ rank: 'category_2' });
    expect(second?.back.filters.filter((f) => 'in' in f)).toHaveLength(2);
    expect(startOf(state)).toMatchObject({ rank: 'category_1', filters: [{ text: '光猫' }] });
  });
});

describe('a change', () => {
  it.each([
    [120, 100, false],
    [200, 100, true],
    [0, 0, false],
    [9, 0, true],
    [3, 0, false],
  ])('to %i from %i is beyond chance: %s', (value, previous, beyond) => {
    expect(isBeyondChance(value, previous)).toBe(beyond);
  });
});
