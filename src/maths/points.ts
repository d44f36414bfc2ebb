import type { FeatureTable } from './features.ts';

/** Rows of numbers in one piece: point i has the coordinates `values[i · width] … values[i · width + width − 1]`. */
export interface Points {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** How one column of a table becomes coordinates; kept, so that later tables are laid out in the same space. */
export type Axis =
  | { readonly kind: 'number'; readonly name: string; readonly mean: number; readonly deviation: number; readonly log: boolean }
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly levels: readonly string[];
      readonly shares: readonly number[];
      readonly scale: number;
    };

/**
 * Mixed types for k-means: every column, number or category, gets the total variance 1, so that none outweighs another by its unit
 * or its number of levels. A number is standardised (after log(1 + x) where it is never negative and skewed over 2); a category becomes
 * one coordinate per level, 0 or 1 less the level's share, divided by √(1 − Σ share²). What is missing lies at the mean (0), and so says nothing.
 * Against k-prototypes: the same trade-off between kinds without a second update rule, and centroids that read as means and shares.
 */
export function axesOf(table: FeatureTable): readonly Axis[] {
  return table.columns.flatMap((column): readonly Axis[] => {
    if (column.kind === 'number') {
      const axis = numberAxis(column.name, column.values);
      return axis === null ? [] : [axis];
    }
    const counts = new Float64Array(column.levels.length);
    let known = 0;
    for (const code of column.codes) {
      if (code < 0) continue;
      counts[code] = (counts[code] as number) + 1;
      known += 1;
    }
    const shares = [...counts].map((count) => count / Math.max(1, known));
    const variance = 1 - shares.reduce((sum, share) => sum + share * share, 0);
    if (variance < 1e-9) return [];
    return [{ kind: 'category', name: column.name, levels: column.levels, shares, scale: 1 / Math.sqrt(variance) }];
  });
}

function numberAxis(name: string, values: Float64Array): Axis | null {
  const plain = moments(values, false);
  if (plain === null) return null;
  const log = plain.low >= 0 && plain.skew > 2;
  const { mean, deviation } = (log ? moments(values, true) : plain) ?? plain;
  return deviation < 1e-9 ? null : { kind: 'number', name, mean, deviation, log };
}

function moments(values: Float64Array, log: boolean): { mean: number; deviation: number; skew: number; low: number } | null {
  let [n, sum, low] = [0, 0, Number.POSITIVE_INFINITY];
  for (const raw of values) {
    if (Number.isNaN(raw)) continue;
    n += 1;
    sum += log ? Math.log1p(raw) : raw;
    if (raw < low) low = raw;
  }
  if (n < 2) return null;
  const mean = sum / n;
  let [second, third] = [0, 0];
  for (const raw of values) {
    if (Number.isNaN(raw)) continue;
    const away = (log ? Math.log1p(raw) : raw) - mean;
    second += away * away;
    third += away * away * away;
  }
  const deviation = Math.sqrt(second / n);
  return { mean, deviation, skew: deviation === 0 ? 0 : third / n / deviation ** 3, low };
}

export const widthOf = (axes: readonly Axis[]): number =>
  axes.reduce((sum, axis) => sum + (axis.kind === 'number' ? 1 : axis.levels.length), 0);

/** The rows of a table in the space of these axes. Columns are found by name; levels that the axes do not know lie at the mean. */
export function placed(table: FeatureTable, axes: readonly Axis[]): Points {
  const width = widthOf(axes);
  const values = new Float64Array(table.rows * width);
  let at = 0;
  for (const axis of axes) {
    const column = table.columns.find((each) => each.name === axis.name);
    if (axis.kind === 'number') {
      if (column?.kind === 'number')
        for (let row = 0; row < table.rows; row++) {
          const raw = column.values[row] as number;
          if (!Number.isNaN(raw)) values[row * width + at] = ((axis.log ? Math.log1p(Math.max(0, raw)) : raw) - axis.mean) / axis.deviation;
        }
      at += 1;
      continue;
    }
    if (column?.kind === 'category') {
      const levelOf = column.levels.map((level) => axis.levels.indexOf(level));
      const resting = axis.shares.map((share) => -share * axis.scale);
      for (let row = 0; row < table.rows; row++) {
        const code = column.codes[row] as number;
        const level = code < 0 ? -1 : (levelOf[code] as number);
        if (level < 0) continue;
        for (let i = 0; i < resting.length; i++) values[row * width + at + i] = resting[i] as number;
        values[row * width + at + level] = (1 - (axis.shares[level] as number)) * axis.scale;
      }
    }
    at += axis.levels.length;
  }
  return { rows: table.rows, width, values };
}

/** These rows of the points, in this order (repeats allowed). */
export function pickedPoints(points: Points, rows: ArrayLike<number>): Points {
  const { width } = points;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * width;
    values.set(points.values.subarray(from, from + width), i * width);
  }
  return { rows: rows.length, width, values };
}
