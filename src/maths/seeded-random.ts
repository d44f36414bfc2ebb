/** Random numbers that are the same on every machine for the same seed and stream name (sfc32, seeded by FNV-1a). */
export interface SeededRandom {
  /** 0 ≤ x < 1 */
  next(): number;
  /** 0 ≤ x < n */
  int(n: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  poisson(mean: number): number;
}

/** One stream per purpose: adding a draw to one part of a world then leaves all other parts as they were. */
export function seededRandom(seed: number, stream: string): SeededRandom {
  const next = sfc32(hashOf(`${seed}:${stream}`));
  const int = (n: number): number => Math.floor(next() * n);
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[int(list.length)] as T;
    },
    poisson: (mean) => poissonOf(mean, next),
  };
}

/** Picks an index with probability proportional to its weight. */
export function weightedPick(weights: readonly number[]): (random: SeededRandom) => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, i) => {
    total += weight;
    sums[i] = total;
  });
  return (random) => {
    const x = random.next() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > x) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** The same for a short list of values with their weights. */
export function pickFrom<T extends string>(mix: readonly (readonly [T, number])[], random: SeededRandom): T {
  const total = mix.reduce((sum, [, weight]) => sum + weight, 0);
  let x = random.next() * total;
  for (const [value, weight] of mix) {
    x -= weight;
    if (x < 0) return value;
  }
  return (mix[0] as readonly [T, number])[0];
}

function sfc32(state: Uint32Array): () => number {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  const step = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i++) step();
  return step;
}

function hashOf(text: string): Uint32Array {
  const state = new Uint32Array(4);
  for (let word = 0; word < 4; word++) {
    let hash = 0x811c9dc5 ^ (word * 0x9e3779b1);
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    state[word] = hash;
  }
  return state;
}

/** Knuth for small means, the rounded normal above 30. */
function poissonOf(mean: number, next: () => number): number {
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let [count, product] = [0, next()];
  while (product > limit) {
    count++;
    product *= next();
  }
  return count;
}
