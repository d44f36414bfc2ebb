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
const trial = (action: string, id: string, low: number, high: number, name = id): ComplaintTrial => ({
  id,
  name,
  action,
  effect: (low + high) / 2,
  low,
  high,
});

describe('an action’s effect', () => {
  it('is an association unless an experiment registered for it has an interval on the same side of zero', () => {
    const helps = [help('care-call', 'lowers'), help('callback', 'lowers')];
    const [call, back] = backedBy(helps, [trial('care-call', 'e2', -0.04, -0.01), trial('callback', 'e1', -0.02, 0.01)]);
    expect(call).toMatchObject({ ground: 'experiment', trial: { id: 'e2', low: -0.04 } });
    expect(call?.trial).not.toHaveProperty('action');
    expect(back).toMatchObject({ ground: 'association' });
    expect(back?.trial).toBeUndefined();
  });

  it('is not backed by an experiment that only names it: taking the call back away is another thing', () => {
    const [back] = backedBy([help('callback', 'lowers')], [trial('compensate', 'e3', -0.04, -0.01, '取消回访，改为补偿')]);
    expect(back?.ground).toBe('association');
  });

  it('takes the newest experiment, and none that found the opposite or nothing was seen of', () => {
    const trials = [trial('care-call', 'new', -0.05, -0.02), trial('care-call', 'old', -0.09, -0.06)];
    expect(backedBy([help('care-call', 'lowers')], trials)[0]?.trial?.id).toBe('new');
    expect(backedBy([help('care-call', 'raises')], trials)[0]?.ground).toBe('association');
    expect(backedBy([help('care-call', 'no-visible-effect')], trials)[0]?.ground).toBe('association');
  });
});
