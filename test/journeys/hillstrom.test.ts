import { afterAll, describe, expect, test } from 'vitest';
import type { ComparedTable } from '../../src/model/comparison.ts';
import { CAVEATS } from '../../src/model/comparison-words.ts';
import { CliHome } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const FILE = realFile('campaign-hillstrom', 'hillstrom.csv');
const STUDY = new URL('../../packs/telecom-zh/experiments/hebei-2011.csv', import.meta.url).pathname;
const home = new CliHome('compare');
afterAll(() => home[Symbol.asyncDispose]());

const compare = (file: string, ...words: string[]): Promise<ComparedTable> => home.json('experiment', 'compare', file, ...words, '--json');

describe('an e-mail campaign of three arms', () => {
  needs(FILE !== null, NO_DATA);

  test('has the effects on visits that its page states, for both arms, and whom to mail', async () => {
    const found = await compare(
      FILE!,
      '--arm',
      'segment',
      '--control',
      'No E-Mail',
      '--metric',
      'visit:up',
      '--balance',
      'recency,mens,womens,newbie',
      '--features',
      'all',
    );
    expect(found.arms.map(({ n }) => n)).toEqual([21_306, 21_387, 21_307]);
    expect(found.srm.ok).toBe(true);
    const [women, men] = found.comparisons!;
    expect(women).toMatchObject({ arm: 'Womens E-Mail', effect: expect.closeTo(0.0452, 4), verdict: 'better' });
    expect(men).toMatchObject({ arm: 'Mens E-Mail', effect: expect.closeTo(0.0766, 4), verdict: 'better' });
    expect((women!.high! - women!.low!) / 2).toBeCloseTo(0.0063, 4);
    expect((men!.high! - men!.low!) / 2).toBeCloseTo(0.0066, 4);
    expect(women!.balance.every(({ ok }) => ok)).toBe(true);
    // Who converted or spent has visited: known only afterwards.
    expect(women!.uplift!.left_out).toEqual(['conversion', 'spend']);
    expect(women!.uplift!.qini).toBeGreaterThan(0.045);
    expect(women!.uplift!.low).toBeGreaterThan(0);
    expect(men!.uplift!.low).toBeLessThan(0.03);
    expect(found).toMatchObject({ effect: women!.effect, arm: 'Womens E-Mail' });
  });
});

describe('the command', () => {
  test('reproduces the study that comes with the pack, and says that its groups were not alike', async () => {
    const found = await compare(
      STUDY,
      '--arm',
      '组别',
      '--metric',
      '离网率:down',
      '--count',
      '人数',
      '--strata',
      '月份',
      '--balance',
      '曾投诉人数',
    );
    expect(found.strata!.map(({ z }) => z!.toFixed(2))).toEqual(['-1.24', '-2.53', '-5.83', '-10.28']);
    expect(found).toMatchObject({ verdict: 'not_comparable', srm: { ok: true } });
  });

  test('lists its caveats in the help and everything that is wrong at once', async () => {
    const help = await home.run('experiment', 'compare', '--help');
    for (const code of Object.keys(CAVEATS)) expect(help.out).toContain(`    ${code} `);
    const wrong = await home.run('experiment', 'compare', STUDY, '--arm', '组', '--metric', '离网:down', '--strata', '周');
    expect(wrong.code).toBe(2);
    expect(wrong.err.match(/has no column/g)).toHaveLength(3);
    expect((await home.run('experiment', 'compare', STUDY)).err).toMatch(/--arm COL is missing\n--metric COL is missing/);
  });
});
