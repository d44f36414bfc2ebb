import { expect, test } from 'vitest';
import type { ExperimentDraft } from '../../model/experiment.ts';
import { draftWants } from './draft-wants.ts';

const DRAFT: ExperimentDraft = {
  action: null,
  handling: [],
  name: 'A text after an outage',
  strategy: 'An apology within two hours',
  arms: [
    { name: 'control', share: 1 },
    { name: 'text', share: 1 },
  ],
  metrics: [{ name: 'complained', source: 'complaint', direction: 'down' }],
  strata: [],
  windowDays: 30,
};

test('a draft wants words, then a name for every arm and every metric', () => {
  const cases: readonly [Partial<ExperimentDraft>, ReturnType<typeof draftWants>][] = [
    [{}, null],
    [{ name: ' ' }, 'saveNeeds'],
    [{ strategy: '' }, 'saveNeeds'],
    [{ arms: [...DRAFT.arms, { name: '', share: 1 }] }, 'saveNeedsArm'],
    [{ metrics: [...DRAFT.metrics, { name: '  ', source: 'outcome', direction: 'up' }] }, 'saveNeedsMetric'],
  ];
  for (const [change, wants] of cases) expect([change, draftWants({ ...DRAFT, ...change })]).toEqual([change, wants]);
});
