import type { Sheet } from './sheet.ts';
import type { Trained, TrainOptions } from './train-table.ts';

export interface TrainTask {
  readonly sheet: Sheet;
  /** Milliseconds of each readable row; null: no order. */
  readonly times: Float64Array | null;
  readonly options: TrainOptions;
}

export type FromTrainer =
  | { readonly kind: 'step'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly trained: Trained };
