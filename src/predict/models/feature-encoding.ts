import type { FeatureColumn } from '../../maths/features.ts';
import type { ColumnRole } from './column-roles.ts';
import { asNumber, type SheetColumn } from './sheet.ts';
import { countsOf } from './target.ts';

/** A column that may be foretold from: numbers with NaN where nothing is given, or categories whose rare levels are one. */
export function featureOf(column: SheetColumn, { kind }: ColumnRole, picked: Uint32Array): FeatureColumn {
  const { title, codes, levels } = column;
  if (kind === 'number') {
    const values = Float64Array.from(levels, asNumber);
    return { name: title, kind, values: Float64Array.from(picked, (row) => values[codes[row] ?? -1] ?? NaN) };
  }
  const least = levels.length <= 20 ? 0 : Math.max(10, picked.length / 2000);
  const counts = countsOf(codes, levels.length);
  const kept = levels.filter((_, i) => (counts[i] ?? 0) >= least);
  const places = new Map(kept.map((level, i) => [level, i]));
  const other = kept.length;
  const byCode = Int32Array.from(levels, (level) => places.get(level) ?? other);
  return {
    name: title,
    kind,
    codes: Int32Array.from(picked, (row) => ((codes[row] ?? -1) < 0 ? -1 : (byCode[codes[row] ?? 0] ?? -1))),
    levels: kept.length < levels.length ? [...kept, '…'] : kept,
  };
}
