import { binder, printConditions, scopeConditions, subscriberScope } from '../../analyse/index.ts';
import type { Viewer } from '../../model/people.ts';
import { type CellPlace, GRIEVANCE_KINDS } from '../../model/satisfaction.ts';
import { type ScopeFilter, scopeOf } from '../../model/scope.ts';
import type { Survey, SurveyItem } from '../../model/survey.ts';
import { wallMsOf } from '../../model/zoned-time.ts';
import type { Context } from '../../platform/context.ts';
import type { WarehouseRow } from '../../platform/warehouse/warehouse.ts';
import type { CountsFor } from './asked-about.ts';
import { answersOf, CellBuilder, columnsSeen, momentsOf, type Scale } from './cell-builder.ts';
import type { AnswersIn } from './cell-filters.ts';
import { completeMonths, type Period } from './months.ts';
import { monthAfter } from './expected-grievances.ts';
import { type NamedColumn, type NamedScores, placeScores } from './named-scores.ts';
import { OVERALL, type RawCell } from './service-cells.ts';

type Ctx = Pick<Context, 'warehouse' | 'config' | 'clock'>;

/** Columns of sources that carry answers, by what they are answers to (a key of `RawCell.answers`). */
export type AskedIn = Readonly<Record<string, readonly AnswersIn[]>>;

export interface ReadCells {
  readonly cells: readonly RawCell[];
  readonly base: 'subscribers' | 'speakers';
  readonly scale: Scale;
  readonly askedIn: AskedIn;
  /** Columns in which rows with a score say what it was asked about; the overall score is that of rows in which they say nothing. */
  readonly namedIn: readonly string[];
  readonly unplaced: Pick<NamedScores, 'unplaced' | 'unplacedAnswers'>;
}

export interface CellsAsked {
  readonly place: CellPlace;
  /** Whose items are read from columns of their own. */
  readonly survey: Survey;
  /** What a score counts for that says what it was asked about. */
  readonly countsFor: CountsFor;
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
  const columns = await reader.columns();
  const namedIn = asked.survey.asked_about.filter((title) => columns.has(title));
  const [grievances, subscribers, scores, named, scale] = await Promise.all([
    reader.grievances(),
    reader.subscribers(),
    reader.scores(namedIn),
    Promise.all(namedIn.map((title, i) => reader.named(title, namedIn.slice(0, i)))),
    reader.scale(),
  ]);
  const base = subscribers.length > 0 ? 'subscribers' : 'speakers';
  const customers = base === 'subscribers' ? subscribers : await reader.speakers();
  const answers = await Promise.all(asked.survey.items.map((item) => reader.answersTo(item, columns)));
  const cells = new CellBuilder();
  for (const row of customers) cells.at(row).customers = Number(row['n']);
  for (const row of grievances) cells.at(row).grievances[String(row['category'])] = Number(row['n']);
  for (const row of scores) cells.add(row, OVERALL, momentsOf(row, scale));
  const askedIn: Record<string, readonly AnswersIn[]> = {};
  asked.survey.items.forEach((item, i) => {
    const rows = answers[i] ?? [];
    for (const row of rows) {
      const moments = answersOf(item, row);
      if (moments !== null) cells.add(row, item.code, moments);
    }
    askedIn[item.code] = columnsSeen(item, rows);
  });
  const placed = placeScores(named, asked.countsFor, cells, scale);
  for (const [key, at] of placed.askedIn) askedIn[key] = [...(askedIn[key] ?? []), ...at];
  return { cells: cells.finish(), base, scale, askedIn, namedIn, unplaced: placed };
}

/** Names that are told apart in a column, and how many of those that lead nowhere. */
const MOST_NAMES = 1000;
const MOST_UNPLACED = 20;

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

  /** Overall scores: those that do not say what they were asked about. */
  scores(namedIn: readonly string[]): Promise<readonly WarehouseRow[]> {
    return this.#voices((bind) => ({
      columns: 'count(*) as n, sum(score) as total, sum(score * score) as squares',
      where: ['score is not null', ...namedIn.map((title) => `${this.#attribute(title, bind)} is null`)].join(' and '),
    }));
  }

  /** Scores by the words with which a column says what they were asked about. A column that holds whole sentences is not read whole. */
  async named(title: string, after: readonly string[]): Promise<NamedColumn> {
    const seen = await this.#namesIn(title, after);
    const names = seen.map((row) => String(row['name']));
    const leads = (name: string): boolean => (this.#asked.countsFor(name) ?? []).length > 0;
    const kept = [...names.filter(leads), ...names.filter((name) => !leads(name)).slice(0, MOST_UNPLACED)];
    const rows =
      kept.length === 0
        ? []
        : await this.#voices(
            (bind) => ({
              columns: `${this.#attribute(title, bind)} as name, count(*) as n, sum(score) as total, sum(score * score) as squares`,
              where: `${this.#namedBy(title, after, bind)} and ${this.#attribute(title, bind)} in (${kept.map((name) => bind(name, 'text')).join(', ')})`,
            }),
            ', name',
          );
    const total = Number(seen[0]?.['total'] ?? 0);
    return { column: title, after, rows, others: total - rows.reduce((sum, row) => sum + Number(row['n']), 0) };
  }

  async #namesIn(title: string, after: readonly string[]): Promise<readonly WarehouseRow[]> {
    const { dialect } = this.#ctx.warehouse;
    const values = binder(dialect);
    const name = this.#attribute(title, values.bind);
    const named = this.#namedBy(title, after, values.bind);
    const within = this.#within(values.bind);
    return this.#ctx.warehouse.select(
      `with named as materialized (select ${name} as name, count(*) as n from voice_rows ` +
        `where ${within} and ${this.#place(values.bind)} is not null and ${named} group by name) ` +
        `select name, n, (select sum(n) from named) as total from named order by n desc, name limit ${MOST_NAMES}`,
      values.params,
      TIMEOUT,
    );
  }

  #namedBy(title: string, after: readonly string[], bind: ReturnType<typeof binder>['bind']): string {
    const silent = after.map((earlier) => `${this.#attribute(earlier, bind)} is null`);
    return ['score is not null', `${this.#attribute(title, bind)} is not null`, ...silent].join(' and ');
  }

  #attribute(title: string, bind: ReturnType<typeof binder>['bind']): string {
    return this.#ctx.warehouse.dialect.attribute('attributes', bind(title, 'text'));
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
    if (this.#asked.survey.items.length + this.#asked.survey.asked_about.length === 0) return new Set();
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

  async answersTo(item: SurveyItem, known: ReadonlySet<string>): Promise<readonly WarehouseRow[]> {
    const titles = [item.code, item.names.zh, item.names.en, ...item.asked_as].filter((title) => known.has(title));
    const rows = await Promise.all(
      titles.map(async (title) => {
        const found = await this.#voices(
          (bind) => ({
            columns: `${this.#attribute(title, bind)} as answer, count(*) as n`,
            where: `${this.#attribute(title, bind)} is not null`,
          }),
          ', answer',
        );
        return found.map((row) => ({ ...row, column: title }));
      }),
    );
    return rows.flat();
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
    const within = this.#within(values.bind);
    const place = this.#place(values.bind);
    const { columns, where } = ask(values.bind);
    const month = dialect.bucketText('month', dialect.bucket('month', 'said_local'));
    const rows = await this.#ctx.warehouse.select(
      `select ${month} as month, ${place} as place, ${columns} from voice_rows ` +
        `where ${within} and ${where} group by month, place${alsoBy}`,
      values.params,
      TIMEOUT,
    );
    return rows.filter((row) => row['place'] !== null);
  }

  /** The viewer's scope and the months asked for. */
  #within(bind: ReturnType<typeof binder>['bind']): string {
    const scope = printConditions(scopeConditions(this.#scope), this.#ctx.warehouse.dialect, bind);
    const from = bind(`${this.#period.from} 00:00:00`, 'instant');
    const before = bind(`${this.#period.before} 00:00:00`, 'instant');
    return `${scope} and said_local >= ${from} and said_local < ${before}`;
  }

  #place(bind: ReturnType<typeof binder>['bind']): string {
    const { place, bySegment } = this.#asked;
    return bySegment && place !== 'segment' ? `${place} || ${bind(SPLIT, 'text')} || segment` : place;
  }
}
