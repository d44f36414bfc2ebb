import { binder, printConditions, scopeConditions, subscriberScope } from '../../analyse/index.ts';
import type { Viewer } from '../../model/people.ts';
import { type CellPlace, GRIEVANCE_KINDS } from '../../model/satisfaction.ts';
import { type ScopeFilter, scopeOf } from '../../model/scope.ts';
import { type Survey, type SurveyItem, satisfactionOf } from '../../model/survey.ts';
import { wallMsOf } from '../../model/zoned-time.ts';
import type { Context } from '../../platform/context.ts';
import type { WarehouseRow } from '../../platform/warehouse/warehouse.ts';
import { completeMonths, type Period } from './months.ts';
import { monthAfter } from './expected-grievances.ts';
import { type Moments, OVERALL, type RawCell } from './service-cells.ts';

type Ctx = Pick<Context, 'warehouse' | 'config' | 'clock'>;
export type Scale = SurveyItem['scale'];

/** Columns of sources that carry answers to a survey item, with the values seen. */
export type AskedIn = Readonly<Record<string, readonly { readonly column: string; readonly values: readonly string[] }[]>>;

export interface ReadCells {
  readonly cells: readonly RawCell[];
  readonly base: 'subscribers' | 'speakers';
  readonly scale: Scale;
  readonly askedIn: AskedIn;
}

export interface CellsAsked {
  readonly place: CellPlace;
  readonly survey: Survey;
  /** Leaf categories to count. */
  readonly categories: readonly string[];
  /** Splits every place by segment as well: the place of a cell is then `place\tsegment`. */
  readonly bySegment: boolean;
}

export const SPLIT = '\t';
export const TIMEOUT = { timeoutMs: 60_000 };

/** Months that are complete within what the viewer may see; null where nothing was said. */
export async function periodOf(ctx: Ctx, viewer: Viewer): Promise<Period | null> {
  const values = binder(ctx.warehouse.dialect);
  const where = printConditions(scopeConditions(scopeOf(viewer)), ctx.warehouse.dialect, values.bind);
  const { dialect } = ctx.warehouse;
  const [row] = await ctx.warehouse.select(
    `select ${dialect.bucketText('day', 'min(said_local)')} as first, ${dialect.bucketText('day', 'max(said_local)')} as last from voice_rows where ${where}`,
    values.params,
    TIMEOUT,
  );
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const now = new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone)).toISOString();
  return completeMonths(text(row?.['first']), text(row?.['last']), now);
}

/** Everything that is counted per place and month, within the viewer's scope. */
export async function readCells(ctx: Ctx, viewer: Viewer, period: Period, asked: CellsAsked): Promise<ReadCells> {
  const reader = new CellReader(ctx, scopeOf(viewer), period, asked);
  const [grievances, subscribers, scores, scale, columns] = await Promise.all([
    reader.grievances(),
    reader.subscribers(),
    reader.scores(),
    reader.scale(),
    reader.columns(),
  ]);
  const base = subscribers.length > 0 ? 'subscribers' : 'speakers';
  const customers = base === 'subscribers' ? subscribers : await reader.speakers();
  const answers = await Promise.all(asked.survey.items.map((item) => reader.answersOf(item, columns)));
  const cells = new CellBuilder();
  for (const row of customers) cells.at(row).customers = Number(row['n']);
  for (const row of grievances) cells.at(row).grievances[String(row['category'])] = Number(row['n']);
  for (const row of scores) cells.at(row).answers[OVERALL] = momentsOf(row, scale);
  answers.forEach(({ rows }, i) => {
    const item = asked.survey.items[i];
    if (item !== undefined) for (const row of rows) addAnswers(cells.at(row).answers, item, row);
  });
  const askedIn = Object.fromEntries(asked.survey.items.map((item, i) => [item.code, columnsSeen(answers[i]?.rows ?? [])]));
  return { cells: cells.finish(), base, scale, askedIn };
}

class CellReader {
  readonly #ctx: Ctx;
  readonly #scope: ScopeFilter;
  readonly #period: Period;
  readonly #asked: CellsAsked;
  constructor(ctx: Ctx, scope: ScopeFilter, period: Period, asked: CellsAsked) {
    this.#ctx = ctx;
    this.#scope = scope;
    this.#period = period;
    this.#asked = asked;
  }

  grievances(): Promise<readonly WarehouseRow[]> {
    return this.#voices(
      (bind) => ({
        columns: 'category, count(*) as n',
        where: `kind in (${GRIEVANCE_KINDS.map((kind) => bind(kind, 'text')).join(', ')}) and category in (${this.#asked.categories.map((code) => bind(code, 'text')).join(', ')})`,
      }),
      ', category',
    );
  }

  scores(): Promise<readonly WarehouseRow[]> {
    return this.#voices(() => ({
      columns: 'count(*) as n, sum(score) as total, sum(score * score) as squares',
      where: 'score is not null',
    }));
  }

  speakers(): Promise<readonly WarehouseRow[]> {
    return this.#voices(() => ({ columns: 'count(distinct customer) as n', where: 'customer is not null' }));
  }

  /** 1–5, 1–10 or 0–100: the smallest that holds every score. */
  async scale(): Promise<Scale> {
    const rows = await this.#voices(() => ({ columns: 'min(score) as least, max(score) as most', where: 'score is not null' }));
    const most = Math.max(0, ...rows.map((row) => Number(row['most'])));
    const least = Math.min(Infinity, ...rows.map((row) => Number(row['least'])));
    if (most > 10) return { from: 0, to: 100 };
    return { from: least < 1 ? 0 : 1, to: most > 5 || most === 0 ? 10 : 5 };
  }

  /** Names of columns that nobody mapped, as far as the viewer's own voices carry them. */
  async columns(): Promise<ReadonlySet<string>> {
    if (this.#asked.survey.items.length === 0) return new Set();
    const { dialect } = this.#ctx.warehouse;
    const values = binder(dialect);
    const where = printConditions(scopeConditions(this.#scope), dialect, values.bind);
    const rows = await this.#ctx.warehouse.select(
      `select distinct ${dialect.attributeNames('attributes')} as name from voice_rows where ${where}`,
      values.params,
      TIMEOUT,
    );
    return new Set(rows.map((row) => String(row['name'])));
  }

  async answersOf(item: SurveyItem, known: ReadonlySet<string>): Promise<{ readonly rows: readonly WarehouseRow[] }> {
    const { dialect } = this.#ctx.warehouse;
    const titles = [item.code, item.names.zh, item.names.en, ...item.asked_as].filter((title) => known.has(title));
    const rows = await Promise.all(
      titles.map(async (title) => {
        const found = await this.#voices(
          (bind) => ({
            columns: `${dialect.attribute('attributes', bind(title, 'text'))} as answer, count(*) as n`,
            where: `${dialect.attribute('attributes', bind(title, 'text'))} is not null`,
          }),
          ', answer',
        );
        return found.map((row) => ({ ...row, column: title }));
      }),
    );
    return { rows: rows.flat() };
  }

  /** Customers who held something in each month. */
  async subscribers(): Promise<readonly WarehouseRow[]> {
    const { dialect } = this.#ctx.warehouse;
    const values = binder(dialect);
    const parts = this.#period.months.map((month) => {
      const where = printConditions(subscriberScope(this.#scope), dialect, values.bind);
      const begin = values.bind(`${month} 00:00:00`, 'instant');
      const end = values.bind(`${monthAfter(month)} 00:00:00`, 'instant');
      return (
        `select ${values.bind(month, 'text')} as month, ${this.#place(values.bind)} as place, count(distinct customer) as n from subscriber_rows ` +
        `where ${where} and (since is null or since < ${end}) and (until is null or until >= ${begin}) group by 1, 2`
      );
    });
    const rows = await this.#ctx.warehouse.select(parts.join(' union all '), values.params, TIMEOUT);
    return rows.filter((row) => row['place'] !== null);
  }

  async #voices(
    ask: (bind: ReturnType<typeof binder>['bind']) => { readonly columns: string; readonly where: string },
    alsoBy = '',
  ): Promise<readonly WarehouseRow[]> {
    const { dialect } = this.#ctx.warehouse;
    const values = binder(dialect);
    const scope = printConditions(scopeConditions(this.#scope), dialect, values.bind);
    const from = values.bind(`${this.#period.from} 00:00:00`, 'instant');
    const before = values.bind(`${this.#period.before} 00:00:00`, 'instant');
    const place = this.#place(values.bind);
    const { columns, where } = ask(values.bind);
    const month = dialect.bucketText('month', dialect.bucket('month', 'said_local'));
    const rows = await this.#ctx.warehouse.select(
      `select ${month} as month, ${place} as place, ${columns} from voice_rows ` +
        `where ${scope} and said_local >= ${from} and said_local < ${before} and ${where} group by month, place${alsoBy}`,
      values.params,
      TIMEOUT,
    );
    return rows.filter((row) => row['place'] !== null);
  }

  #place(bind: ReturnType<typeof binder>['bind']): string {
    const { place, bySegment } = this.#asked;
    return bySegment && place !== 'segment' ? `${place} || ${bind(SPLIT, 'text')} || segment` : place;
  }
}

interface GrowingCell {
  readonly place: string;
  readonly month: string;
  customers: number;
  readonly grievances: Record<string, number>;
  readonly answers: Record<string, Moments>;
}

class CellBuilder {
  readonly #cells = new Map<string, GrowingCell>();

  at(row: WarehouseRow): GrowingCell {
    const [place, month] = [String(row['place']), String(row['month'])];
    const key = `${place}\u0001${month}`;
    let cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, (cell = { place, month, customers: 0, grievances: {}, answers: {} }));
    return cell;
  }

  finish(): readonly RawCell[] {
    return [...this.#cells.values()].toSorted((a, b) => (a.month + a.place < b.month + b.place ? -1 : 1));
  }
}

/** Sums on a scale become sums on 0–100. */
export function momentsOf(row: WarehouseRow, scale: Scale): Moments {
  const [n, total, squares] = [Number(row['n']), Number(row['total']), Number(row['squares'])];
  const a = 100 / (scale.to - scale.from);
  const b = -a * scale.from;
  return { n, sum: a * total + n * b, squares: a * a * squares + 2 * a * b * total + n * b * b };
}

/** Answers arrive as texts, one row for each text; what is no number of the scale is no answer. */
function addAnswers(answers: Record<string, Moments>, item: SurveyItem, row: WarehouseRow): void {
  const answer = Number(row['answer']);
  if (String(row['answer']).trim() === '' || !(answer >= item.scale.from && answer <= item.scale.to)) return;
  const [n, value] = [Number(row['n']), satisfactionOf(answer, item.scale)];
  const before = answers[item.code] ?? { n: 0, sum: 0, squares: 0 };
  answers[item.code] = { n: before.n + n, sum: before.sum + n * value, squares: before.squares + n * value * value };
}

function columnsSeen(rows: readonly WarehouseRow[]): readonly { readonly column: string; readonly values: readonly string[] }[] {
  const seen = new Map<string, Set<string>>();
  for (const row of rows) {
    const values = seen.get(String(row['column'])) ?? new Set<string>();
    seen.set(String(row['column']), values.add(String(row['answer'])));
  }
  return [...seen].map(([column, values]) => ({ column, values: [...values].toSorted() }));
}
