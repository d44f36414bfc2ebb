/** What sets the draws of one seed and tree apart from all others. */
export function saltOf(seed: number, tree: number): number {
  return Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(tree + 1, 0xc2b2ae35);
}

/** A number in [0, 1) that depends on nothing but what it is for: the same however many threads draw, in whatever order. */
export function drawAt(seed: number, tree: number, row: number): number {
  let x = saltOf(seed, tree) ^ Math.imul(row, 0x27d4eb2f);
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 4_294_967_296;
}

/** Which columns a tree may ask about (1): a seeded share, at least one. */
export function drawColumns(columns: number, share: number, seed: number, tree: number): Uint8Array {
  const wanted = Math.max(1, Math.ceil(columns * share - 1e-9));
  const drawn = Array.from({ length: columns }, (_, column) => ({ column, at: drawAt(seed ^ 0x5bd1e995, tree, column) }));
  const allowed = new Uint8Array(columns);
  for (const { column } of drawn.toSorted((a, b) => a.at - b.at).slice(0, wanted)) allowed[column] = 1;
  return allowed;
}
