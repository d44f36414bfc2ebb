import { activeTerms, type ActiveTerms, noActiveTerms } from './active-terms.ts';
import { cholesky, inverseDiagonal, solveFactored } from './cholesky.ts';
import { designTerms, termReaders, type Term } from './design-terms.ts';
import { everyRow, type FeatureTable } from './features.ts';

/** Log odds = intercept + Σ coefficient × term. JSON carries it as it is. */
export interface LogisticModel {
  readonly intercept: number;
  readonly terms: readonly (Term & {
    /** Of log odds, per standard deviation of a number, or against the most frequent level. */
    readonly coefficient: number;
    /** Standard error, from the inverse of the penalised information. */
    readonly error: number;
    /** Mean of the term over the training rows. */
    readonly typical: number;
  })[];
  readonly iterations: number;
  readonly converged: boolean;
}

export interface LogisticOptions {
  /** L2 penalty ½ λ Σ coefficient², the intercept left out; above 0, so that separated classes have an answer. */
  readonly lambda: number;
}

const MOST_ITERATIONS = 50;
/** Of the mean log loss: a step that gains less is the last. */
const TOLERANCE = 1e-10;

/** Logistic regression with L2 penalty by Newton's method with halved steps; labels 0 and 1. Throws a RangeError for λ ≤ 0. */
export function trainLogistic(
  table: FeatureTable,
  labels: Uint8Array,
  { lambda }: LogisticOptions,
  rows: Uint32Array = everyRow(table.rows),
): LogisticModel {
  if (!(lambda > 0)) throw new RangeError(`lambda must be above 0, not ${lambda}.`);
  const terms = designTerms(table, rows);
  const design: Design = { read: activeTerms(terms, table), active: noActiveTerms(terms.length + 1), rows, labels };
  let beta = new Float64Array(terms.length + 1);
  const ones = rows.reduce((sum, row) => sum + (labels[row] as number), 0);
  beta[terms.length] = Math.log((ones + 0.5) / (rows.length - ones + 0.5));
  let here = passOver(design, beta, lambda);
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < MOST_ITERATIONS) {
    iterations++;
    const step = solveFactored(cholesky(here.information, beta.length), here.gradient);
    const before = here.loss;
    let share = 1;
    let next = moved(beta, step, share);
    let there = passOver(design, next, lambda);
    while (!(there.loss <= before) && share > 1e-6) {
      share /= 2;
      next = moved(beta, step, share);
      there = passOver(design, next, lambda);
    }
    if (there.loss <= before) [beta, here] = [next, there];
    converged = before - here.loss <= TOLERANCE * Math.max(1, rows.length);
  }
  const errors = inverseDiagonal(cholesky(here.information, beta.length), beta.length);
  return {
    intercept: beta[terms.length] as number,
    terms: terms.map((term, i) => ({
      ...term,
      coefficient: beta[i] as number,
      error: Math.sqrt(errors[i] as number),
      typical: (here.totals[i] as number) / Math.max(1, rows.length),
    })),
    iterations,
    converged,
  };
}

function moved(beta: Float64Array, step: Float64Array, share: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(beta, (b, i) => b - share * (step[i] as number));
}

interface Design {
  readonly read: (row: number, into: ActiveTerms) => void;
  /** One row at a time. */
  readonly active: ActiveTerms;
  readonly rows: Uint32Array;
  readonly labels: Uint8Array;
}

interface Pass {
  /** Penalised, summed over rows. */
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly information: Float64Array;
  readonly totals: Float64Array;
}

/** Loss and its first and second derivatives. Terms are read anew in each pass: a million rows then need no second copy. */
function passOver({ read, active, rows, labels }: Design, beta: Float64Array, lambda: number): Pass {
  const width = beta.length;
  const gradient = beta.map((b, i) => (i < width - 1 ? lambda * b : 0));
  const information = new Float64Array(width * width);
  const totals = new Float64Array(width);
  let loss = 0;
  for (let i = 0; i < width; i++) {
    const penalty = i < width - 1 ? lambda : 1e-9;
    information[i * width + i] = penalty;
    if (i < width - 1) loss += 0.5 * lambda * (beta[i] as number) ** 2;
  }
  const { places, values } = active;
  for (const row of rows) {
    read(row, active);
    places[active.count] = width - 1;
    values[active.count] = 1;
    active.count++;
    let margin = 0;
    for (let i = 0; i < active.count; i++) margin += (values[i] as number) * (beta[places[i] as number] as number);
    const label = labels[row] as number;
    const p = 1 / (1 + Math.exp(-margin));
    loss += Math.max(margin, 0) - label * margin + Math.log1p(Math.exp(-Math.abs(margin)));
    addRow(active, p - label, p * (1 - p), gradient, information, totals);
  }
  return { loss, gradient, information, totals };
}

function addRow(
  { places, values, count }: ActiveTerms,
  residual: number,
  weight: number,
  gradient: Float64Array,
  information: Float64Array,
  totals: Float64Array,
): void {
  const width = gradient.length;
  for (let i = 0; i < count; i++) {
    const [place, value] = [places[i] as number, values[i] as number];
    gradient[place] = (gradient[place] as number) + residual * value;
    totals[place] = (totals[place] as number) + value;
    const weighted = weight * value;
    const at = place * width;
    for (let k = 0; k <= i; k++) {
      const cell = at + (places[k] as number);
      information[cell] = (information[cell] as number) + weighted * (values[k] as number);
    }
  }
}

/** Log odds of each row asked for (all, when not given). Throws a RangeError that names the columns the table lacks. */
export function logisticMargins(model: LogisticModel, table: FeatureTable, rows: Uint32Array = everyRow(table.rows)): Float64Array {
  const read = activeTerms(model.terms, table);
  const active = noActiveTerms(model.terms.length);
  const coefficients = Float64Array.from(model.terms, ({ coefficient }) => coefficient);
  return Float64Array.from(rows, (row) => {
    read(row, active);
    let margin = model.intercept;
    for (let i = 0; i < active.count; i++) margin += (active.values[i] as number) * (coefficients[active.places[i] as number] as number);
    return margin;
  });
}

/** What each column moves a row's log odds by against the typical row: base + the effects' sum = its margin. */
export function logisticEffects(
  model: LogisticModel,
  table: FeatureTable,
  row: number,
): { readonly base: number; readonly effects: ReadonlyMap<string, number> } {
  const readers = termReaders(model.terms, table);
  const effects = new Map<string, number>();
  let base = model.intercept;
  for (const [i, term] of model.terms.entries()) {
    const value = (readers[i] as (row: number) => number)(row);
    effects.set(term.column, (effects.get(term.column) ?? 0) + term.coefficient * (value - term.typical));
    base += term.coefficient * term.typical;
  }
  return { base, effects };
}
