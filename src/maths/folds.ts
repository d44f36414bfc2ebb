import { shuffled } from './shuffle.ts';

/**
 * Fold number of every row: classes spread evenly, rows of one group (equal texts) in one fold,
 * so that no test row was seen in training.
 */
export function stratifiedFolds(labels: ArrayLike<number>, groups: ArrayLike<number>, folds: number, seed: number): Int32Array {
  const members = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const group = groups[i] ?? 0;
    const list = members.get(group);
    if (list === undefined) members.set(group, [i]);
    else list.push(i);
  }
  const lists = [...members.values()];
  const order = shuffled(lists.length, seed);
  const byLabel = new Map<number, number[][]>();
  for (const at of order) {
    const list = lists[at] ?? [];
    const label = labels[list[0] ?? 0] ?? 0;
    const stack = byLabel.get(label);
    if (stack === undefined) byLabel.set(label, [list]);
    else stack.push(list);
  }
  const fold = new Int32Array(labels.length);
  const filled = new Int32Array(folds);
  for (const stack of byLabel.values()) dealOut(stack, fold, filled);
  return fold;
}

/** Deals the groups of one class to the folds, each to the fold that has the fewest of this class, then the fewest rows. */
function dealOut(stack: readonly number[][], fold: Int32Array, filled: Int32Array): void {
  const ofClass = new Int32Array(filled.length);
  for (const list of stack) {
    let best = 0;
    for (let f = 1; f < filled.length; f++) {
      const fewer = (ofClass[f] ?? 0) - (ofClass[best] ?? 0);
      if (fewer < 0 || (fewer === 0 && (filled[f] ?? 0) < (filled[best] ?? 0))) best = f;
    }
    ofClass[best] = (ofClass[best] ?? 0) + list.length;
    filled[best] = (filled[best] ?? 0) + list.length;
    for (const i of list) fold[i] = best;
  }
}

/** Equal texts get one number. */
export function groupsOf(texts: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  });
}
