import { type SurveyItem, satisfactionOf } from '../../model/survey.ts';
import type { AnswersIn } from './cell-filters.ts';
import type { Moments, RawCell } from './service-cells.ts';

export type Scale = SurveyItem['scale'];
/** A row of the warehouse: texts and numbers by column. */
export type Row = Readonly<Record<string, unknown>>;

interface GrowingCell {
  readonly place: string;
  readonly month: string;
  customers: number;
  readonly grievances: Record<string, number>;
  readonly answers: Record<string, Moments>;
}

/** Cells by place and month, which grow as counts of one thing after another come in. */
export class CellBuilder {
  readonly #cells = new Map<string, GrowingCell>();

  at(row: Row): GrowingCell {
    const [place, month] = [String(row['place']), String(row['month'])];
    const key = `${place}\u0001${month}`;
    let cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, (cell = { place, month, customers: 0, grievances: {}, answers: {} }));
    return cell;
  }

  add(row: Row, key: string, more: Moments): void {
    const { answers } = this.at(row);
    const { n, sum, squares } = answers[key] ?? { n: 0, sum: 0, squares: 0 };
    answers[key] = { n: n + more.n, sum: sum + more.sum, squares: squares + more.squares };
  }

  finish(): readonly RawCell[] {
    return [...this.#cells.values()].toSorted((a, b) => (a.month + a.place < b.month + b.place ? -1 : 1));
  }
}

/** Sums on a scale become sums on 0–100. */
export function momentsOf(row: Row, scale: Scale): Moments {
  const [n, total, squares] = [Number(row['n']), Number(row['total']), Number(row['squares'])];
  const a = 100 / (scale.to - scale.from);
  const b = -a * scale.from;
  return { n, sum: a * total + n * b, squares: a * a * squares + 2 * a * b * total + n * b * b };
}

/** Answers arrive as texts, one row for each text; what is no number of the scale is no answer (null). */
export function answersOf(item: SurveyItem, row: Row): Moments | null {
  const answer = Number(row['answer']);
  if (String(row['answer']).trim() === '' || !(answer >= item.scale.from && answer <= item.scale.to)) return null;
  const [n, value] = [Number(row['n']), satisfactionOf(answer, item.scale)];
  return { n, sum: n * value, squares: n * value * value };
}

/** Which columns carry an item's answers, and as what. */
export function columnsSeen(item: SurveyItem, rows: readonly Row[]): readonly AnswersIn[] {
  const seen = new Map<string, { readonly values: Set<string>; answers: number }>();
  for (const row of rows) {
    const moments = answersOf(item, row);
    if (moments === null) continue;
    const column = seen.get(String(row['column'])) ?? { values: new Set<string>(), answers: 0 };
    column.values.add(String(row['answer']));
    column.answers += moments.n;
    seen.set(String(row['column']), column);
  }
  return [...seen].map(([column, { values, answers }]) => ({ column, values: [...values].toSorted(), scored: false, after: [], answers }));
}
