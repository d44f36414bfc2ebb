import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PairAnswer } from '../../src/predict/index.ts';
import { CliHome } from '../kit/cli.ts';

interface Pair {
  readonly grievance: string;
  readonly complaint: string;
}
interface Truth {
  readonly pairs: readonly (Pair & { readonly ratio: number; readonly segment?: string })[];
  readonly nulls: readonly Pair[];
  readonly confounded: readonly (Pair & { readonly by: string })[];
}

/** Neither the seeds that rules and weights were tuned on, nor the held-out ones. VOXLOOP_PLANTED_SEEDS=31,32,33 imports three worlds. */
const SEEDS = (process.env['VOXLOOP_PLANTED_SEEDS'] ?? '31').split(',').map(Number);
/**
 * Some 60,000 voices a seed. Of so few customers the strong pairs can be found, the weak ones of rare causes cannot: with
 * VOXLOOP_PLANTED_CUSTOMERS=100000 and more all of them are asked for, which takes minutes a seed.
 */
const CUSTOMERS = Number(process.env['VOXLOOP_PLANTED_CUSTOMERS'] ?? 5_000);
const ENOUGH_CUSTOMERS = 100_000;
const WORLD = ['--customers', String(CUSTOMERS), '--months', '6'];
/** Distance of the true ratio from 1 in standard errors of the found one, from which a pair ought to be found. */
const FINDABLE = 4.5;

const same = (a: Pair) => (b: Pair) => a.grievance === b.grievance && a.complaint === b.complaint;
/** P(at least `events` of `n`) where each has this probability. */
function atLeast(events: number, n: number, probability: number): number {
  let [term, below] = [(1 - probability) ** n, 0];
  for (let k = 0; k < events; k++) {
    below += term;
    term *= ((n - k) / (k + 1)) * (probability / (1 - probability));
  }
  return 1 - below;
}
const errorOf = ({ low, high }: PairAnswer): number => (Math.log(high) - Math.log(low)) / 3.92;

describe('pairs that were planted, through files and the ordinary import', () => {
  const homes: CliHome[] = [];
  afterAll(async () => {
    for (const home of homes) await home[Symbol.asyncDispose]();
  });

  it(
    'are found where they can be, with the right sign; hardly any other is claimed, and an outage is not taken for a cause',
    async () => {
      let [falseShares, claimed, falseClaims, findable, found, wrong, outages, coverage, nulls] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
      const foundOf: number[] = [];
      for (const seed of SEEDS) {
        const home = new CliHome(`pairs-${seed}`);
        homes.push(home);
        const world = join(home.dir, 'world');
        await home.json('scenario', 'province', ...WORLD, '--seed', String(seed), '--out', world, '--json');
        await home.json('scenario', 'load', world, '--json');
        const rows = await home.json<readonly PairAnswer[]>('pairs', '--window', '7d', '--json');
        const truth = JSON.parse(readFileSync(join(world, 'truth.json'), 'utf8')) as Truth;
        const claims = rows.filter(({ significant }) => significant);
        const wrongly = claims.filter((row) => truth.nulls.some(same(row))).length;
        claimed += claims.length;
        falseClaims += wrongly;
        falseShares += wrongly / Math.max(1, claims.length);
        let claimedTrue = 0;
        for (const pair of truth.pairs) {
          const row = rows.find(same(pair));
          if (row === undefined) continue;
          if (row.significant) claimedTrue++;
          if (row.significant && row.ratio > 1 !== pair.ratio > 1) wrong++;
          if (pair.segment !== undefined || Math.abs(Math.log(pair.ratio)) < FINDABLE * errorOf(row)) continue;
          findable++;
          if (row.significant) found++;
        }
        foundOf.push(claimedTrue);
        for (const row of rows.filter((one) => truth.nulls.some(same(one)))) {
          nulls++;
          if (row.low <= 1 && row.high >= 1) coverage++;
        }
        const outage = rows.find((row) => truth.confounded.some((one) => one.by === 'outage' && same(row)(one)));
        if (outage !== undefined && outage.low <= 1 && outage.high >= 1) outages++;
      }
      console.log(
        `planted pairs by import of ${CUSTOMERS} customers each, seeds ${SEEDS.join(', ')}: of 30 pairs ${foundOf.join(', ')}, false share ${(falseShares / SEEDS.length).toFixed(3)} (${falseClaims} of ${claimed} claims), found ${found} of ${findable} findable, ` +
          `wrong signs ${wrong}, intervals of ${nulls} pairs of nothing hold 1 in ${(coverage / nulls).toFixed(3)}, the outage pair’s in ${outages} of ${SEEDS.length}`,
      );
      // So few customers give a dozen claims each, of which one false one is .08: what is asked is that no more are false than a share of .10 may bring by chance.
      expect(atLeast(falseClaims, claimed, 0.1)).toBeGreaterThan(0.02);
      // Over several worlds the mean itself is asked for.
      if (SEEDS.length > 1) expect(falseShares / SEEDS.length).toBeLessThanOrEqual(0.1);
      expect(wrong).toBe(0);
      if (CUSTOMERS >= ENOUGH_CUSTOMERS) expect(Math.min(...foundOf)).toBeGreaterThanOrEqual(28);
      expect(findable).toBeGreaterThanOrEqual(3 * SEEDS.length);
      expect(found / findable).toBeGreaterThanOrEqual(0.9);
      expect(coverage / nulls).toBeGreaterThan(0.93);
      expect(outages).toBeGreaterThanOrEqual(SEEDS.length - 1);
    },
    1_200_000 * Math.max(1, CUSTOMERS / 20_000),
  );
});
