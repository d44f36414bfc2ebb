import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../maths/seeded-random.ts';
import { SheetBuilder } from '../models/sheet.ts';
import { analyseScores, type ScoreOptions } from './analyse-scores.ts';

const OPTIONS: ScoreOptions = { score: 'score', leaveOut: [], basics: [], rules: [], low: null, seed: 1, dates: [] };

/** Answers of 600 customers: a fault costs three points, and whoever has it cannot log on nearly always; the plan costs nothing. */
function answers(over: { readonly cost?: number; readonly ratings?: boolean } = {}) {
  const random = seededRandom(3, 'answers');
  const builder = new SheetBuilder();
  const titles = ['score', 'network fault', 'cannot log on', 'plan', 'usage', 'noise', 'speed rating', 'coverage rating'];
  const rows = Array.from({ length: 600 }, () => {
    const fault = random.chance(0.3);
    const login = fault ? random.chance(0.9) : random.chance(0.03);
    const score = Math.round(Math.max(1, Math.min(10, 9 - (fault ? (over.cost ?? 3) : 0) + random.between(-2, 2))));
    const rating = (): string =>
      over.ratings === true ? String(Math.max(1, Math.min(10, score + random.int(3) - 1))) : String(random.int(50) + 20);
    const cells = [
      score,
      fault ? 1 : -1,
      login ? 'yes' : 'no',
      random.pick(['a', 'b', 'c']),
      random.between(0, 100).toFixed(1),
      random.next().toFixed(3),
    ];
    return { cells: [...cells.map(String), rating(), rating()] };
  });
  builder.add(titles, rows);
  return builder.finish();
}

const analysed = (over: Parameters<typeof answers>[0] = {}, options: Partial<ScoreOptions> = {}) => {
  const found = analyseScores(answers(over), { ...OPTIONS, ...options });
  if (found.kind === 'problems') throw new Error(found.problems.join());
  return found.report;
};

describe('drivers of a score', () => {
  test('are found with the points that they cost, within an interval', () => {
    const { drivers, mean, low_at_most } = analysed({}, { leaveOut: ['cannot log on'] });
    const [first] = drivers;
    expect(first).toMatchObject({ name: 'network fault', unit: 'yes', top_ten: 1 });
    expect(first!.effect).toBeLessThan(-2.3);
    expect(first!.effect_low).toBeLessThan(first!.effect);
    expect(first!.effect_high).toBeGreaterThan(first!.effect);
    expect(first!.weight).toBeGreaterThan(0.8);
    expect(drivers.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(1, 9);
    expect(mean).toBeGreaterThan(7);
    expect(low_at_most).toBe(6);
  });

  test('keep the basic factor where a symptom says the same: the network fault, not “cannot log on”', () => {
    const rules = [{ basic: 'network fault', symptom: 'cannot log on' }];
    const declared = analysed({}, { rules });
    expect(declared.collinear).toContainEqual(expect.objectContaining({ kept: 'network fault', why: 'declared' }));
    expect(declared.drivers.map((one) => one.name)).not.toContain('cannot log on');
    const turned = analysed({}, { basics: ['cannot log on'], rules: [] });
    expect(turned.drivers.map((one) => one.name)).toContain('cannot log on');
    expect(turned.drivers.map((one) => one.name)).not.toContain('network fault');
  });

  test('are weak and their intervals wide where nothing drives', () => {
    const { r2 } = analysed({ cost: 0 });
    expect(r2).toBeLessThan(0.05);
  });

  test('stand apart from ratings on the score’s own scale, and ratings that all move together are a halo', () => {
    const report = analysed({ ratings: true });
    expect(report.ratings.map((one) => one.name).toSorted()).toEqual(['coverage rating', 'speed rating']);
    expect(report.drivers.map((one) => one.name)).not.toContain('speed rating');
    expect(report.halo).toMatchObject({ warning: true });
    expect(report.halo!.share).toBeGreaterThan(0.8);
    expect(analysed().halo).toBeNull();
  });

  test('are asked of columns that exist and hold numbers: everything wrong is told at once', () => {
    const found = analyseScores(answers(), { ...OPTIONS, score: 'plan', leaveOut: ['nothing'], basics: ['none'] });
    expect(found).toMatchObject({ kind: 'problems' });
    expect(found.kind === 'problems' ? found.problems : []).toHaveLength(3);
  });
});
