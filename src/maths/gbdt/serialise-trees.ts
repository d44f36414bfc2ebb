import type { BinnedColumn, BoostedTree, BoostedTrees } from './boosted-trees.ts';

/** Plain values that survive JSON (and so a jsonb column) to the last bit. */
export interface SerialTrees {
  readonly format: 1;
  readonly base: number;
  readonly columns: readonly (
    | { readonly name: string; readonly kind: 'number'; readonly cuts: readonly number[] }
    | { readonly name: string; readonly kind: 'category'; readonly levels: readonly string[] }
  )[];
  readonly trees: readonly SerialTree[];
  readonly heldOutLoss: readonly number[];
}

interface SerialTree {
  readonly column: readonly number[];
  readonly upTo: readonly number[];
  readonly missingLeft: readonly number[];
  readonly sets: readonly (readonly [number, readonly number[]])[];
  readonly left: readonly number[];
  readonly value: readonly number[];
  readonly rows: readonly number[];
}

export function serialise(model: BoostedTrees): SerialTrees {
  const columns = model.columns.map((column) => (column.kind === 'number' ? { ...column, cuts: [...column.cuts] } : column));
  return { format: 1, base: model.base, columns, trees: model.trees.map(serialTree), heldOutLoss: model.heldOutLoss };
}

export function deserialise(serial: SerialTrees): BoostedTrees {
  const columns = serial.columns.map((column): BinnedColumn =>
    column.kind === 'number' ? { ...column, cuts: Float64Array.from(column.cuts) } : column,
  );
  return { base: serial.base, columns, trees: serial.trees.map(treeOf), heldOutLoss: serial.heldOutLoss };
}

function serialTree(tree: BoostedTree): SerialTree {
  return {
    column: [...tree.column],
    upTo: [...tree.upTo],
    missingLeft: [...tree.missingLeft],
    sets: [...tree.sets].map(([node, set]) => [node, [...set]] as const),
    left: [...tree.left],
    value: [...tree.value],
    rows: [...tree.rows],
  };
}

function treeOf(tree: SerialTree): BoostedTree {
  return {
    column: Int16Array.from(tree.column),
    upTo: Uint8Array.from(tree.upTo),
    missingLeft: Uint8Array.from(tree.missingLeft),
    sets: new Map(tree.sets.map(([node, set]) => [node, Uint32Array.from(set)])),
    left: Int32Array.from(tree.left),
    value: Float64Array.from(tree.value),
    rows: Float64Array.from(tree.rows),
  };
}
