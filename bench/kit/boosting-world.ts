import { featureTable, numberColumn, type FeatureTable } from '../../src/maths/features.ts';
import { seededRandom } from '../../src/maths/seeded-random.ts';

export const WIDTH = 40;

export interface BoostingWorld {
  /** Column by column, 32 bits each, so that both sides see the very same numbers; NaN = missing. */
  readonly values: Float32Array;
  readonly labels: Uint8Array;
  /** The true log odds: nobody can order rows better. */
  readonly truth: Float64Array;
}

/**
 * Forty columns: numbers, small whole numbers, and gaps in every eighth; 6.7 % of the rows are ones. Effects alone, in pairs, above a
 * threshold, and of a value being missing; 25 columns say nothing.
 */
export function boostingWorld(rows: number, seed: number): BoostingWorld {
  const random = seededRandom(seed, 'boosting');
  const values = new Float32Array(rows * WIDTH);
  for (let column = 0; column < WIDTH; column++) {
    for (let at = column * rows; at < (column + 1) * rows; at++) {
      if (column % 8 === 7 && random.chance(0.12)) values[at] = NaN;
      else if (column % 4 === 3) values[at] = random.int(12);
      else values[at] = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    }
  }
  const truth = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const v = (column: number): number => values[column * rows + row] as number;
    const gap = Number.isNaN(v(7)) ? 0.9 : (v(7) - 5.5) / 20;
    const pairs = 0.35 * v(0) * v(1) - 0.3 * v(2) * Math.sign(v(4)) + (v(3) > 7 && v(5) > 0.3 ? 0.8 : 0);
    const alone = 0.5 * v(6) + 0.3 * Math.abs(v(8)) + 0.25 * Math.sin(2 * v(9)) - 0.2 * v(10) + (v(11) < 3 ? 0.4 : 0);
    truth[row] = gap + pairs + alone + (Number.isNaN(v(15)) || v(12) < 0 ? 0 : 0.3 * v(13));
  }
  const shift = shiftFor(truth.subarray(0, 100_000), 0.067);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    truth[row] = (truth[row] as number) + shift;
    labels[row] = random.chance(1 / (1 + Math.exp(-(truth[row] as number)))) ? 1 : 0;
  }
  return { values, labels, truth };
}

/** What to add to the log odds so that their mean probability is the share wanted. */
function shiftFor(margins: Float64Array, share: number): number {
  let [low, high] = [-20, 20];
  for (let i = 0; i < 40; i++) {
    const shift = (low + high) / 2;
    const mean = margins.reduce((sum, margin) => sum + 1 / (1 + Math.exp(-margin - shift)), 0) / margins.length;
    if (mean > share) high = shift;
    else low = shift;
  }
  return (low + high) / 2;
}

export function tableOf(values: Float32Array): FeatureTable {
  const rows = values.length / WIDTH;
  return featureTable(Array.from({ length: WIDTH }, (_, i) => numberColumn(`column ${i}`, values.subarray(i * rows, (i + 1) * rows))));
}
