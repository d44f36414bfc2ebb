import { seededRandom } from './seeded-random.ts';

/**
 * Qini, normalised as scikit-uplift does (`qini_auc_score` with negative effects): rows in the order of a score, the curve is
 * Y_t − Y_c · N_t / N_c after so many rows, taken where the score changes; the area between it and the straight line to its end is
 * divided by the same area of a perfect order (treated with the outcome, then all without, then untreated with it).
 */
export interface Trial {
  /** 1: treated. */
  readonly treated: Uint8Array;
  /** 1: the outcome that is wanted. */
  readonly outcome: Uint8Array;
}

export interface QiniOrder {
  /** Rows, best score first. */
  readonly rows: Uint32Array;
  /** 1 where the next row has another score: a point of the curve. */
  readonly ends: Uint8Array;
}

export function qiniOrder(scores: Float64Array): QiniOrder {
  const rows = Uint32Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const ends = Uint8Array.from(rows, (row, i) => (i + 1 === rows.length || scores[row] !== scores[rows[i + 1] as number] ? 1 : 0));
  return { rows, ends };
}

/** `weights`: how often each row counts (a bootstrap sample). null: an arm is empty, or nothing could be ordered better than chance. */
export function qiniOf({ treated, outcome }: Trial, { rows, ends }: QiniOrder, weights?: Uint8Array): number | null {
  let [nt, nc, yt, yc, x, y, area] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const weight = weights === undefined ? 1 : (weights[row] as number);
    if (treated[row] === 1) {
      nt += weight;
      yt += weight * (outcome[row] as number);
    } else {
      nc += weight;
      yc += weight * (outcome[row] as number);
    }
    if (ends[i] === 0) continue;
    const height = nc === 0 ? yt : yt - (yc * nt) / nc;
    area += ((nt + nc - x) * (y + height)) / 2;
    x = nt + nc;
    y = height;
  }
  if (nt === 0 || nc === 0) return null;
  const line = (x * y) / 2;
  // Perfect order: up to yt along the treated with the outcome, level over all without, then down to y over the untreated with it.
  const perfect = (yt * yt) / 2 + yt * (x - yt - yc) + (yc * (yt + y)) / 2;
  return perfect - line <= 0 ? null : (area - line) / (perfect - line);
}

/** The curve at some shares of all rows: additional outcomes per row if the best so many are treated, and the straight line. */
export function qiniCurve(
  { treated, outcome }: Trial,
  { rows }: QiniOrder,
  points = 20,
): readonly { share: number; gain: number; line: number }[] {
  let [nt, nc, yt, yc] = [0, 0, 0, 0];
  const heights: { share: number; gain: number }[] = [{ share: 0, gain: 0 }];
  rows.forEach((row, i) => {
    if (treated[row] === 1) {
      nt++;
      yt += outcome[row] as number;
    } else {
      nc++;
      yc += outcome[row] as number;
    }
    const step = heights.length;
    if (i + 1 < Math.round((rows.length * step) / points)) return;
    heights.push({ share: (i + 1) / rows.length, gain: (nc === 0 || nt === 0 ? 0 : yt / nt - yc / nc) * ((i + 1) / rows.length) });
  });
  const end = heights.at(-1)?.gain ?? 0;
  return heights.map(({ share, gain }) => ({ share, gain, line: end * share }));
}

export interface QiniSure {
  readonly qini: number;
  readonly low: number;
  readonly high: number;
  readonly randomSd: number;
}

/** Qini with a 95 % bootstrap interval of the rows (the scores stay) and the spread of the Qini of random orders. */
export function qiniWithInterval(trial: Trial, scores: Float64Array, seed: number, samples = 200): QiniSure | null {
  const order = qiniOrder(scores);
  const qini = qiniOf(trial, order);
  if (qini === null) return null;
  const random = seededRandom(seed, 'qini');
  const weights = new Uint8Array(scores.length);
  const drawn: number[] = [];
  const shuffledQinis: number[] = [];
  const shuffledOrder = { rows: Uint32Array.from(order.rows), ends: new Uint8Array(scores.length).fill(1) };
  for (let s = 0; s < samples; s++) {
    for (let i = 0; i < weights.length; i++) weights[i] = poissonOfOne(random.next());
    const again = qiniOf(trial, order, weights);
    if (again !== null) drawn.push(again);
    shuffle(shuffledOrder.rows, random.next);
    const chance = qiniOf(trial, shuffledOrder);
    if (chance !== null) shuffledQinis.push(chance);
  }
  const sorted = drawn.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? qini;
  const mean = shuffledQinis.reduce((sum, value) => sum + value, 0) / shuffledQinis.length;
  const variance = shuffledQinis.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, shuffledQinis.length - 1);
  return { qini, low: at(0.025), high: at(0.975), randomSd: Math.sqrt(variance) };
}

/** Cumulative probabilities of a Poisson count of mean 1: a row's weight in a bootstrap sample of many rows. */
const POISSON = [0.36787944, 0.73575888, 0.9196986, 0.98101184, 0.99634015, 0.99940582, 0.99991676, 0.99998975];

function poissonOfOne(u: number): number {
  let count = 0;
  while (count < POISSON.length && u >= (POISSON[count] as number)) count++;
  return count;
}

function shuffle(rows: Uint32Array, next: () => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const kept = rows[i] as number;
    rows[i] = rows[j] as number;
    rows[j] = kept;
  }
}
