/** How a column's values become bins: 0 is missing (and whatever training has not seen), 1 … count are values. */
export type BinnedColumn = BinnedNumbers | BinnedCategories;

export interface BinnedNumbers {
  readonly name: string;
  readonly kind: 'number';
  /** Ascending; a value in (cuts[i − 1], cuts[i]] is in bin i + 1. */
  readonly cuts: Float64Array;
}

export interface BinnedCategories {
  readonly name: string;
  readonly kind: 'category';
  /** Level i is in bin i + 1; levels beyond the last are too rare and count as missing. */
  readonly levels: readonly string[];
}

export const MISSING = 0;

/** Without the bin of missing values. */
export function binsOf(column: BinnedColumn): number {
  return column.kind === 'number' ? column.cuts.length + 1 : column.levels.length;
}

/**
 * Nodes level by level; the children of node i are left[i] and left[i] + 1.
 * A row goes left when its bin is ≤ upTo (and, for bin 0, when missingLeft), or, at a split of categories, when its bin is in the set.
 */
export interface BoostedTree {
  /** Place of the column asked about; −1 for a leaf. */
  readonly column: Int16Array;
  readonly upTo: Uint8Array;
  readonly missingLeft: Uint8Array;
  /** Bins that go left, by node; only splits of categories have one: 256 bits as eight words. */
  readonly sets: ReadonlyMap<number, Uint32Array>;
  readonly left: Int32Array;
  /** What a leaf adds to the log odds, the rate included. */
  readonly value: Float64Array;
  /** Training rows that came by. */
  readonly rows: Float64Array;
}

export interface BoostedTrees {
  /** Log odds before the first tree. */
  readonly base: number;
  readonly columns: readonly BinnedColumn[];
  readonly trees: readonly BoostedTree[];
  /** Mean log loss on the held-out rows after each tree, as far as training went; empty without them. */
  readonly heldOutLoss: readonly number[];
}

export function inSet(set: Uint32Array, bin: number): boolean {
  return (((set[bin >>> 5] as number) >>> (bin & 31)) & 1) === 1;
}

export function goesLeft(tree: BoostedTree, node: number, bin: number): boolean {
  const set = tree.sets.get(node);
  if (set !== undefined) return inSet(set, bin);
  return bin === MISSING ? tree.missingLeft[node] === 1 : bin <= (tree.upTo[node] as number);
}
