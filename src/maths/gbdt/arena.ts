import { MOST_BYTES, newMemory, type KernelMemory } from '../wasm/web-assembly.ts';
import { boostKernels, type BoostKernels } from './kernels.ts';

/** Where everything lies in the one memory that all threads of a training share. Plain values: it is sent to threads as it is. */
export interface ArenaPlan {
  readonly rows: number;
  readonly width: number;
  /** First place of each column's bins in a histogram (missing first), and at the end their number. */
  readonly starts: Int32Array;
  readonly threads: number;
  /** Histograms per bank: as many as there can be nodes at the last level that is split. */
  readonly slots: number;
  readonly bytes: number;
  readonly at: Readonly<Record<Part, number>>;
}

type Part =
  | 'bins'
  | 'byRow'
  | 'labels'
  | 'margins'
  | 'gradients'
  | 'order'
  | 'spare'
  | 'steps'
  | 'histograms'
  | 'splits'
  | 'counts'
  | 'signals';

/** Numbers that describe one split to the other threads. */
export const SPLIT_NUMBERS = 10;
const STEPS = 256;

const MOST_COLUMNS = 10_000;

/** Throws a RangeError when the table does not fit 4 GiB or has more than 10,000 columns. */
export function planArena(rows: number, starts: Int32Array, depth: number, threads: number): ArenaPlan {
  const width = starts.length - 1;
  if (width > MOST_COLUMNS) throw new RangeError(`${width} columns are too many to learn from; ${MOST_COLUMNS} is the most.`);
  const slots = 2 ** (depth - 1);
  const sizes: Readonly<Record<Part, number>> = {
    bins: rows * width,
    byRow: rows * width,
    labels: rows,
    margins: 8 * rows,
    gradients: 8 * rows,
    order: 4 * rows,
    spare: 4 * rows,
    steps: STEPS * threads,
    histograms: threads * 2 * slots * 8 * (starts[width] as number),
    splits: threads * slots * 8 * SPLIT_NUMBERS,
    counts: 2 * threads * slots * 4,
    signals: 64,
  };
  // The first bytes stay empty: kernels write there what nobody reads.
  let bytes = 64;
  const at = {} as Record<Part, number>;
  for (const part of Object.keys(sizes) as Part[]) {
    at[part] = bytes;
    bytes += Math.ceil((sizes[part] + 64) / 64) * 64;
  }
  if (bytes > MOST_BYTES)
    throw new RangeError(
      `${rows} rows of ${width} columns need ${Math.ceil(bytes / 2 ** 30)} GiB to learn from; 4 is the most. Learn from fewer rows or columns.`,
    );
  return { rows, width, starts, threads, slots, bytes, at };
}

/** The memory of a training with views of its parts. */
export interface Arena {
  readonly plan: ArenaPlan;
  readonly memory: KernelMemory;
  readonly kernels: BoostKernels;
  /** bins[column × rows + row] */
  readonly bins: Uint8Array;
  /** byRow[row × width + column] */
  readonly byRow: Uint8Array;
  readonly labels: Uint8Array;
  readonly margins: Float64Array;
  /** Quantised, hessian at 2i and gradient at 2i + 1: together one 64-bit number that histograms add. */
  readonly gradients: Int32Array;
  /** Row numbers, parted by node, each thread its own stretch. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
  readonly steps: Uint8Array;
  readonly splits: Float64Array;
  readonly counts: Int32Array;
  readonly signals: Int32Array;
}

export function openArena(plan: ArenaPlan, memory: KernelMemory = newMemory(plan.bytes, plan.threads > 1)): Arena {
  const { rows, width, slots, threads, at } = plan;
  const { buffer } = memory;
  return {
    plan,
    memory,
    kernels: boostKernels(memory, plan.bytes, threads > 1, plan.starts),
    bins: new Uint8Array(buffer, at.bins, rows * width),
    byRow: new Uint8Array(buffer, at.byRow, rows * width),
    labels: new Uint8Array(buffer, at.labels, rows),
    margins: new Float64Array(buffer, at.margins, rows),
    gradients: new Int32Array(buffer, at.gradients, 2 * rows),
    order: new Uint32Array(buffer, at.order, rows),
    spare: new Uint32Array(buffer, at.spare, rows),
    steps: new Uint8Array(buffer, at.steps, STEPS * threads),
    splits: new Float64Array(buffer, at.splits, threads * slots * SPLIT_NUMBERS),
    counts: new Int32Array(buffer, at.counts, 2 * threads * slots),
    signals: new Int32Array(buffer, at.signals, 16),
  };
}

/** Address of a thread's histogram: two banks, so that children are counted while their parents are still needed. */
export function histogramAt({ starts, slots, at }: ArenaPlan, thread: number, bank: number, slot: number): number {
  return at.histograms + 8 * (starts[starts.length - 1] as number) * ((2 * thread + bank) * slots + slot);
}

export function histogramOf({ plan, memory }: Arena, thread: number, bank: number, slot: number): Int32Array {
  return new Int32Array(memory.buffer, histogramAt(plan, thread, bank, slot), 2 * (plan.starts[plan.width] as number));
}
