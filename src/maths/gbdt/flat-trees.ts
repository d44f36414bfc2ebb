import { goesLeft, type BoostedTree } from './boosted-trees.ts';

/**
 * A tree for scoring many rows: complete to its depth, node i has the children 2i + 1 and 2i + 2, a leaf above the last level is repeated
 * below. Which side a bin goes is looked up, numbers, gaps and categories alike, so that walking has no branch to be guessed wrong.
 */
export interface FlatTree {
  readonly depth: number;
  /** Column asked about, by node. */
  readonly columns: Uint16Array;
  /** sides[node × 256 + bin]: 0 left, 1 right */
  readonly sides: Uint8Array;
  /** By leaf, from left to right. */
  readonly values: Float64Array;
}

export function flatTree(tree: BoostedTree): FlatTree {
  const depth = depthBelow(tree, 0);
  const inner = 2 ** depth - 1;
  const flat: FlatTree = {
    depth,
    columns: new Uint16Array(inner),
    sides: new Uint8Array(256 * inner),
    values: new Float64Array(inner + 1),
  };
  place(tree, 0, flat, 0);
  return flat;
}

function depthBelow(tree: BoostedTree, node: number): number {
  if ((tree.column[node] as number) < 0) return 0;
  const left = tree.left[node] as number;
  return 1 + Math.max(depthBelow(tree, left), depthBelow(tree, left + 1));
}

function place(tree: BoostedTree, node: number, flat: FlatTree, at: number): void {
  const { columns, sides, values } = flat;
  if (at >= columns.length) {
    values[at - columns.length] = tree.value[node] as number;
    return;
  }
  // Below a leaf every bin goes left, so what would be on the right is never reached.
  if ((tree.column[node] as number) < 0) return place(tree, node, flat, 2 * at + 1);
  columns[at] = tree.column[node] as number;
  for (let bin = 0; bin < 256; bin++) sides[256 * at + bin] = goesLeft(tree, node, bin) ? 0 : 1;
  const left = tree.left[node] as number;
  place(tree, left, flat, 2 * at + 1);
  place(tree, left + 1, flat, 2 * at + 2);
}

/** Adds a tree's values for rows of bins, row by row. Four rows at once: while one waits for its next question, the others go on. */
export function addMargins({ depth, columns, sides, values }: FlatTree, bins: Uint8Array, width: number, margins: Float64Array): void {
  const inner = columns.length;
  const rows = margins.length;
  let row = 0;
  for (let at0 = 0; row + 4 <= rows; row += 4, at0 += 4 * width) {
    const [at1, at2, at3] = [at0 + width, at0 + 2 * width, at0 + 3 * width];
    let [n0, n1, n2, n3] = [0, 0, 0, 0];
    for (let level = 0; level < depth; level++) {
      n0 = 2 * n0 + 1 + (sides[(n0 << 8) + (bins[at0 + (columns[n0] as number)] as number)] as number);
      n1 = 2 * n1 + 1 + (sides[(n1 << 8) + (bins[at1 + (columns[n1] as number)] as number)] as number);
      n2 = 2 * n2 + 1 + (sides[(n2 << 8) + (bins[at2 + (columns[n2] as number)] as number)] as number);
      n3 = 2 * n3 + 1 + (sides[(n3 << 8) + (bins[at3 + (columns[n3] as number)] as number)] as number);
    }
    margins[row] = (margins[row] as number) + (values[n0 - inner] as number);
    margins[row + 1] = (margins[row + 1] as number) + (values[n1 - inner] as number);
    margins[row + 2] = (margins[row + 2] as number) + (values[n2 - inner] as number);
    margins[row + 3] = (margins[row + 3] as number) + (values[n3 - inner] as number);
  }
  for (; row < rows; row++) {
    let node = 0;
    for (let level = 0; level < depth; level++) {
      node = 2 * node + 1 + (sides[(node << 8) + (bins[row * width + (columns[node] as number)] as number)] as number);
    }
    margins[row] = (margins[row] as number) + (values[node - inner] as number);
  }
}
