import { describe, expect, it } from 'vitest';
import { SEGMENTS } from '../../scenarios/province/planted/plan.ts';
import { CARE_CALL, type Strategy } from '../../scenarios/province/planted/strategies.ts';
import { trialsOf } from '../../scenarios/province/planted/trials.ts';
import { plantedEvents } from '../../scenarios/province/planted/world.ts';
import type { ComparedTable } from '../../src/model/comparison.ts';
import { metricsOf } from '../../src/verify/compare/compare-ask.ts';
import { compareTable } from '../../src/verify/compare/compare-table.ts';
import type { TrialTable } from '../../src/verify/compare/trial-table.ts';
import { upliftOf } from '../../src/verify/compare/uplift-of.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

function tablesOf(seed: number, customers: number): (strategy: Strategy) => TrialTable {
  const world = plantedEvents({ seed, customers, days: 180 });
  const { arms, churned, eventsBefore } = trialsOf(world);
  const columnOf = (values: ArrayLike<number>, say: (value: number) => string = String): readonly string[] => Array.from(values, say);
  const segments = columnOf(world.places.segmentOf, (segment) => SEGMENTS[segment] ?? '');
  return (strategy) => ({
    titles: ['arm', 'churned', 'events', 'segment'],
    rows: customers,
    rowNumbers: [],
    columns: [columnOf(arms[strategy], (arm) => (arm === 1 ? 'treated' : 'control')), columnOf(churned), columnOf(eventsBefore), segments],
    leftOut: 0,
  });
}

function comparedOf(table: TrialTable, features?: readonly string[]): ComparedTable {
  const ask = { arm: 'arm', metrics: metricsOf(['churned:down']), strata: [], balance: ['events', 'segment'], seed: 1 };
  const done = compareTable(table, features === undefined ? ask : { ...ask, features }, upliftOf);
  if ('problems' in done) throw new Error(JSON.stringify(done.problems));
  return done.compared;
}

describe('strategies that were planted', () => {
  it('over twenty seeds: the one without effect is called so, and the one given to the quiet is not believed', () => {
    let [quiet, flagged, fooled] = [0, 0, 0];
    for (const seed of SEEDS) {
      const tableOf = tablesOf(seed, 12_000);
      if (comparedOf(tableOf('comfort-message')).verdict === 'no_difference_found') quiet++;
      const biased = comparedOf(tableOf('bill-letter'));
      if (biased.verdict === 'not_comparable' && biased.caveats.includes('imbalance')) flagged++;
      if (biased.finding === 'better') fooled++;
    }
    expect(quiet).toBeGreaterThanOrEqual(17);
    expect(flagged).toBe(20);
    // By the figures alone a letter that does nothing would have seemed to keep customers, far more often than in one of forty.
    expect(fooled).toBeGreaterThanOrEqual(5);
  }, 120_000);

  it('the call helps on average, pays for some, and says whom to leave alone', () => {
    const table = tablesOf(1, 200_000)('care-call');
    const found = comparedOf(table, ['segment', 'events']);
    const planted = (table.columns[3] ?? []).map((segment) => CARE_CALL[segment as (typeof SEGMENTS)[number]].churn);
    const truth = planted.reduce((sum, effect) => sum + effect, 0) / planted.length;
    expect(found).toMatchObject({ verdict: 'better', srm: { ok: true }, uplift: { targeting: 'pays' } });
    expect(found.low!).toBeLessThan(truth);
    expect(found.high!).toBeGreaterThan(truth);
    expect(found.uplift!.do_not_disturb!.high).toBeLessThan(0);
  }, 120_000);

  it('trees find the same people, with one model or with two', () => {
    const table = tablesOf(2, 60_000)('care-call');
    for (const learner of ['t-trees', 's-trees'] as const) {
      const ask = {
        arm: 'arm',
        metrics: metricsOf(['churned:down']),
        strata: [],
        balance: [],
        features: ['segment', 'events'],
        learner,
        seed: 1,
      };
      const done = compareTable(table, ask, upliftOf);
      if ('problems' in done) throw new Error(JSON.stringify(done.problems));
      const { uplift } = done.compared;
      expect(uplift).toMatchObject({ learner, targeting: 'pays' });
      expect(uplift!.low).toBeGreaterThan(0);
      // What it foretells of the best fifth is what happens to it.
      expect(uplift!.fifths[0]!.predicted).toBeGreaterThan(uplift!.fifths[0]!.low - 0.01);
      expect(uplift!.fifths[0]!.predicted).toBeLessThan(uplift!.fifths[0]!.high + 0.01);
    }
  }, 120_000);
});
