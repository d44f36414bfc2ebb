import { describe, expect, it } from 'vitest';
import type { ActionEffect } from '../../model/complaint-odds.ts';
import { backedBy, type ComplaintTrial } from './backing.ts';

const help = (kind: string, verdict: ActionEffect['verdict']): ActionEffect => ({
  kind,
  treated: 500,
  untreated: 900,
  overlap: 1,
  raw: -0.02,
  effect: -0.02,
  low: -0.03,
  high: -0.01,
  verdict,
  ground: 'association',
});
const trial = (id: string, strategy: string, low: number, high: number): ComplaintTrial => ({
  id,
  name: id,
  strategy,
  effect: (low + high) / 2,
  low,
  high,
});
const ACTIONS = [
  { code: 'care-call', names: { zh: '关怀外呼', en: 'Care call' }, words: ['主动关怀'], calls: true },
  { code: 'callback', names: { zh: '回访安抚', en: 'Called back' }, words: [], calls: true },
];

describe('an action’s effect', () => {
  it('is an association unless an experiment that names it has an interval on the same side of zero', () => {
    const helps = [help('care-call', 'lowers'), help('callback', 'lowers')];
    const [call, back] = backedBy(helps, [trial('e2', '24 小时内关怀外呼', -0.04, -0.01), trial('e1', '回访安抚', -0.02, 0.01)], ACTIONS);
    expect(call).toMatchObject({ ground: 'experiment', trial: { id: 'e2', low: -0.04 } });
    expect(back).toMatchObject({ ground: 'association' });
    expect(back?.trial).toBeUndefined();
  });

  it('takes the newest experiment, by any word of the pack, and none that found the opposite or nothing was seen of', () => {
    const trials = [trial('new', '主动关怀', -0.05, -0.02), trial('old', 'CARE CALL', -0.09, -0.06)];
    expect(backedBy([help('care-call', 'lowers')], trials, ACTIONS)[0]?.trial?.id).toBe('new');
    expect(backedBy([help('care-call', 'raises')], trials, ACTIONS)[0]?.ground).toBe('association');
    expect(backedBy([help('care-call', 'no-visible-effect')], trials, ACTIONS)[0]?.ground).toBe('association');
  });
});
