import {
  ADD,
  ADD_F,
  code,
  constant,
  get,
  increase,
  load16,
  load8,
  loadF,
  MUL,
  set,
  SHIFT_LEFT,
  storeF,
  whileBelow,
  type Code,
} from '../wasm/instructions.ts';
import { instantiate, newMemory, pagesOf } from '../wasm/web-assembly.ts';
import { wasmModule, type WasmFunction } from '../wasm/wasm-module.ts';
import type { FlatTree } from './flat-trees.ts';

/** Rows that walk side by side: while one waits for its next question, the others go on. */
const ABREAST = 8;

/** Flat trees and a block of rows in one memory. */
export interface Walkers {
  /** Bins of the block, row by row. */
  readonly bins: Uint8Array;
  /** Adds all trees' values to the first so many of these. */
  readonly margins: Float64Array;
  walk(rows: number): void;
}

interface Kernel {
  /** `values` is the address of the first leaf's value less 8 per inner node. */
  walk(columns: number, sides: number, values: number, depth: number, bins: number, width: number, margins: number, end: number): void;
}

/** `block` is a multiple of eight. */
export function walkersOver(trees: readonly FlatTree[], width: number, block: number): Walkers {
  let bytes = 64;
  const place = (size: number): number => {
    const at = bytes;
    bytes += Math.ceil(size / 64) * 64;
    return at;
  };
  const [bins, margins] = [place(block * width), place(8 * block)];
  const placed = trees.map((tree) => ({
    tree,
    columns: place(tree.columns.byteLength),
    sides: place(tree.sides.byteLength),
    values: place(tree.values.byteLength),
  }));
  const memory = newMemory(bytes, false);
  for (const { tree, columns, sides, values } of placed) {
    new Uint16Array(memory.buffer, columns).set(tree.columns);
    new Uint8Array(memory.buffer, sides).set(tree.sides);
    new Float64Array(memory.buffer, values).set(tree.values);
  }
  const kernel = instantiate<Kernel>(wasmModule([walkKernel()], pagesOf(bytes), false), memory);
  return {
    bins: new Uint8Array(memory.buffer, bins, block * width),
    margins: new Float64Array(memory.buffer, margins, block),
    walk: (rows) => {
      const end = margins + 8 * ABREAST * Math.ceil(rows / ABREAST);
      for (const { tree, columns, sides, values } of placed) {
        kernel.walk(columns, sides, values - 8 * tree.columns.length, tree.depth, bins, width, margins, end);
      }
    },
  };
}

/** One tree for rows [margins, end), eight at a time: half the time that the same loop takes in JavaScript. */
function walkKernel(): WasmFunction {
  const [COLUMNS, SIDES, VALUES, DEPTH, BINS, WIDTH, MARGINS, END, LEVEL] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const walkers = Array.from({ length: ABREAST }, (_, i) => ({ node: 9 + i, bins: 9 + ABREAST + i, margin: 8 * i }));
  const start = code(...walkers.map(({ node, bins }) => code(constant(0), set(node), get(BINS), set(bins), increase(BINS, get(WIDTH)))));
  const bin = (walker: { readonly node: number; readonly bins: number }): Code =>
    code(get(walker.node), constant(1), SHIFT_LEFT, get(COLUMNS), ADD, load16(), get(walker.bins), ADD, load8());
  const step = code(
    ...walkers.map((walker) => {
      const side = code(bin(walker), get(walker.node), constant(8), SHIFT_LEFT, ADD, get(SIDES), ADD, load8());
      return code(side, get(walker.node), constant(2), MUL, ADD, constant(1), ADD, set(walker.node));
    }),
  );
  const credit = code(
    ...walkers.map(({ node, margin }) =>
      code(get(MARGINS), get(MARGINS), loadF(margin), get(node), constant(3), SHIFT_LEFT, get(VALUES), ADD, loadF(), ADD_F, storeF(margin)),
    ),
  );
  const eight = code(
    code(start, constant(0), set(LEVEL)),
    whileBelow(LEVEL, DEPTH, code(step, increase(LEVEL, constant(1)))),
    code(credit, increase(MARGINS, constant(8 * ABREAST))),
  );
  return {
    name: 'walk',
    params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    locals: ['i32', ...walkers.flatMap(() => ['i32', 'i32'] as const)],
    code: whileBelow(MARGINS, END, eight),
  };
}
