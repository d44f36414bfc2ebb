/** A seeded order of 0 … n − 1, equal on every machine (xorshift32, Fisher–Yates). */
export function shuffled(n: number, seed: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  const next = wholeNumbers(seed);
  for (let i = n - 1; i > 0; i--) {
    const j = next() % (i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}

/** A seeded source of whole numbers 0 … 2^32 − 1. */
export function wholeNumbers(seed: number): () => number {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ 0x6d2b79f5) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
