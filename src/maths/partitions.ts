/** How much two ways of dividing the same rows agree. */

/** Counts of rows by their label in `a` (rows of the table) and in `b` (columns). Labels are 0 … n − 1; negative ones are left out. */
export function crossCounts(a: Int32Array, b: Int32Array, sizeA: number, sizeB: number): Float64Array {
  const counts = new Float64Array(sizeA * sizeB);
  for (let i = 0; i < a.length; i++) {
    const [left, right] = [a[i] as number, b[i] as number];
    if (left >= 0 && right >= 0) counts[left * sizeB + right] = (counts[left * sizeB + right] as number) + 1;
  }
  return counts;
}

/** Adjusted Rand index (Hubert & Arabie 1985): 1 for the same division, 0 on average for two that know nothing of each other. */
export function adjustedRand(a: Int32Array, b: Int32Array): number {
  const [sizeA, sizeB] = [highest(a) + 1, highest(b) + 1];
  const counts = crossCounts(a, b, sizeA, sizeB);
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  let [both, total] = [0, 0];
  const [ofA, ofB] = [new Float64Array(sizeA), new Float64Array(sizeB)];
  for (let i = 0; i < sizeA; i++)
    for (let j = 0; j < sizeB; j++) {
      const n = counts[i * sizeB + j] as number;
      both += pairs(n);
      total += n;
      ofA[i] = (ofA[i] as number) + n;
      ofB[j] = (ofB[j] as number) + n;
    }
  const [pairsA, pairsB] = [ofA, ofB].map((sums) => sums.reduce((sum, n) => sum + pairs(n), 0)) as [number, number];
  if (total < 2) return 1;
  const expected = (pairsA * pairsB) / pairs(total);
  const most = (pairsA + pairsB) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

/** For each cluster of `a`, the largest share |A ∩ B| ÷ |A ∪ B| that a cluster of `b` reaches with it; null for a cluster without rows. */
export function bestJaccard(a: Int32Array, b: Int32Array, sizeA: number): readonly (number | null)[] {
  const sizeB = highest(b) + 1;
  const counts = crossCounts(a, b, sizeA, sizeB);
  const ofB = new Float64Array(sizeB);
  for (let i = 0; i < sizeA; i++) for (let j = 0; j < sizeB; j++) ofB[j] = (ofB[j] as number) + (counts[i * sizeB + j] as number);
  return Array.from({ length: sizeA }, (_, i) => {
    const row = counts.subarray(i * sizeB, i * sizeB + sizeB);
    const size = row.reduce((sum, n) => sum + n, 0);
    if (size === 0) return null;
    return Math.max(...row.map((n, j) => n / (size + (ofB[j] as number) - n)));
  });
}

function highest(labels: Int32Array): number {
  let most = -1;
  for (const label of labels) if (label > most) most = label;
  return most;
}
