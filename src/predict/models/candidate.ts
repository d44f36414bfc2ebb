import type { FeatureTable } from '../../maths/features.ts';
import type { SerialTrees } from '../../maths/gbdt/serialise-trees.ts';
import type { LogisticModel } from '../../maths/logistic.ts';

export type Family = 'logistic' | 'boosted' | 'blended' | 'constant';

/** What one column moves the log odds of one row by; base + sum of effects = margin. */
export interface RowEffects {
  readonly base: number;
  readonly effects: Float64Array;
}

/** A model that has learned. `rows` are places in `table`. */
export interface Fitted {
  readonly family: Family;
  /** Trees of the boosted, penalty of the logistic, 0 of the constant. */
  readonly size: number;
  /** Log odds, a row each. */
  margins(table: FeatureTable, rows: Uint32Array): Float64Array;
  /** In the order of the table's columns. */
  effects(table: FeatureTable, row: number): RowEffects;
  /** Plain values from which `revive` makes the same model. */
  serial(): SerialModel;
}

export type SerialModel =
  | { readonly family: 'constant'; readonly base: number }
  | { readonly family: 'logistic'; readonly lambda: number; readonly model: LogisticModel }
  | { readonly family: 'boosted'; readonly model: SerialTrees }
  | { readonly family: 'blended'; readonly parts: readonly [SerialModel, SerialModel] };

export function constantModel(base: number): Fitted {
  return {
    family: 'constant',
    size: 0,
    margins: (_, rows) => new Float64Array(rows.length).fill(base),
    effects: (table) => ({ base, effects: new Float64Array(table.columns.length) }),
    serial: () => ({ family: 'constant', base }),
  };
}

/** How a family learns. With `stop`, how long it learns (or how strictly) is decided on those rows; that `size` is used again without them. */
export interface Learner {
  readonly family: 'logistic' | 'boosted';
  /** Tables of so many rows are within its reach. */
  fits(rows: number): boolean;
  learn(
    table: FeatureTable,
    labels: Uint8Array,
    rows: Uint32Array,
    how: { readonly stop: Uint32Array } | { readonly size: number },
  ): Fitted;
  /** From what the inner splits found; `growth` is how many times more rows there are to learn from. */
  sizeOf(sizes: readonly number[], growth: number): number;
}
