import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempDir } from '../../../test/kit/temp-dir.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { type ComparedTable, UPLIFT_LEARNERS } from '../../model/comparison.ts';
import { readConfig } from '../../platform/config.ts';
import { runCommand } from '../run-command.ts';

const dir = tempDir('compare-command');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

beforeAll(() => {
  const random = seededRandom(3, 'compare-command');
  const rows = Array.from({ length: 2000 }, () => {
    const [young, treated] = [random.chance(0.5), random.chance(0.5)];
    return [treated ? 'new' : 'control', random.chance(0.3 + (treated && young ? 0.3 : 0)) ? 1 : 0, young ? 'yes' : 'no', random.int(60)];
  });
  writeFileSync(join(dir, 'trial.csv'), ['arm,visited,young,tenure', ...rows.map((row) => row.join(','))].join('\n'));
});

async function compare(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: [] as string[], err: [] as string[] };
  const argv = ['experiment', 'compare', 'trial.csv', '--arm', 'arm', '--metric', 'visited:up', '--json', ...words];
  const code = await runCommand(readConfig({}), { argv, cwd: dir }, ({ out, err }) => {
    if (out !== undefined) said.out.push(out);
    if (err !== undefined) said.err.push(err);
  });
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}

describe('experiment compare --learner', () => {
  it.each(UPLIFT_LEARNERS)('learns who gains by %s, and the answer says so', async (learner) => {
    const { code, out } = await compare('--features', 'all', '--learner', learner);
    expect(code).toBe(0);
    expect((JSON.parse(out) as ComparedTable).uplift).toMatchObject({ learner, features: ['young', 'tenure'] });
  });

  it('is two logistic regressions where nobody says otherwise', async () => {
    const { out } = await compare('--features', 'young');
    expect((JSON.parse(out) as ComparedTable).uplift?.learner).toBe('t-logistic');
  });

  it('of another name, or with nothing to learn from, is refused with what there is', async () => {
    const { code, err } = await compare('--learner', 's-logistic');
    expect(code).toBe(2);
    expect(err).toContain('--learner is one of t-logistic, t-trees, s-trees, not "s-logistic"');
    expect(err).toContain('--learner learns from --features');
  });
});
