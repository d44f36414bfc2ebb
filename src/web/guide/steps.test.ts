import { describe, expect, it } from 'vitest';
import { stepsOf } from './steps.ts';
import type { Found } from './steps.ts';

const NOTHING: Found = { units: 1, members: 1, imports: 0, rules: 0, orders: 0 };
const states = (found: Partial<Found>, skipped: readonly string[] = []) =>
  stepsOf({ ...NOTHING, ...found }, skipped).map((step) => step.state);

describe('the checklist', () => {
  it('is all open in an empty product: its own operator is nobody’s organisation', () => {
    expect(states({})).toEqual(['open', 'open', 'open', 'open', 'open']);
  });
  it('is done by what is there, not by what was pressed', () => {
    expect(states({ units: 5, members: 2, imports: 1, rules: 3, orders: 1 })).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(states({ imports: 1 }, ['import', 'order'])).toEqual(['open', 'open', 'done', 'open', 'skipped']);
  });
  it('says what a role cannot see instead of calling it open', () => {
    expect(states({ imports: null, rules: null })).toEqual(['open', 'open', 'unseen', 'unseen', 'open']);
  });
});
