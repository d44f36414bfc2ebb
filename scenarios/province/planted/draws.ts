import type { SeededRandom } from '../../../src/maths/seeded-random.ts';

/** Draws an index with probability proportional to its weight in constant time (Walker's alias method, as Vose builds it). */
export class Alias {
  private readonly probability: Float64Array;
  private readonly other: Int32Array;

  constructor(weights: ArrayLike<number>) {
    const n = weights.length;
    let total = 0;
    for (let i = 0; i < n; i++) total += weights[i] as number;
    if (!(total > 0)) throw new RangeError('weights that sum to nothing');
    this.probability = Float64Array.from(weights, (weight) => (weight * n) / total);
    this.other = Int32Array.from(weights, (_, i) => i);
    const small: number[] = [];
    const large: number[] = [];
    this.probability.forEach((p, i) => (p < 1 ? small : large).push(i));
    while (small.length > 0 && large.length > 0) {
      const [low, high] = [small.pop() as number, large.at(-1) as number];
      this.other[low] = high;
      const left = (this.probability[high] as number) + (this.probability[low] as number) - 1;
      this.probability[high] = left;
      if (left < 1) small.push(large.pop() as number);
    }
    for (const i of [...small, ...large]) this.probability[i] = 1;
  }

  draw(random: SeededRandom): number {
    const x = random.next() * this.probability.length;
    const i = Math.floor(x);
    return x - i < (this.probability[i] as number) ? i : (this.other[i] as number);
  }
}

export function normal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Gamma with scale 1: Marsaglia and Tsang (2000); a shape below 1 by their power of a uniform. */
export function gamma(shape: number, random: SeededRandom): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
