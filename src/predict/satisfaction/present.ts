import type { Filter } from '../../model/question.ts';
import type {
  CellPlace,
  CellView,
  CellsHead,
  ExpectedView,
  ServiceSummary,
  SurveyItemView,
  UnplacedScores,
} from '../../model/satisfaction.ts';
import type { ServiceItem, Survey } from '../../model/survey.ts';
import {
  type AnswersAt,
  type AnswersIn,
  answersFilters,
  cellFilters,
  type CellFilters,
  columnFilters,
  GRIEVING,
  ofPoints,
} from './cell-filters.ts';
import type { MappedService } from './mapping.ts';
import type { PointAsked } from './present-points.ts';
import type { NamedScores } from './named-scores.ts';
import { namedKey, type RawCell } from './service-cells.ts';

export interface Presented {
  readonly head: CellsHead;
  readonly place: CellPlace;
  /** Columns that carry answers, by what they answer. */
  readonly askedIn: Readonly<Record<string, readonly AnswersIn[]>>;
  /** Columns by which scores say what they were asked about. */
  readonly namedIn: readonly string[];
}

/** Whose answers a service item rests on: its own items' columns and the scores that named it, or the overall score. */
function answersAt(service: ServiceItem, mapped: MappedService, { askedIn, namedIn }: Presented): AnswersAt {
  if (mapped.measuredBy === 'overall') return { namedIn };
  return [...service.items.map(({ item }) => item), namedKey(service.code)].flatMap((key) => askedIn[key] ?? []);
}

const wholeSpan = (head: CellsHead, filters: CellFilters): readonly Filter[] =>
  head.from === null || head.before === null ? [] : [filters.span(head.from, head.before)];

export function summaryOf(service: ServiceItem, mapped: MappedService, points: readonly PointAsked[], given: Presented): ServiceSummary {
  const filters = cellFilters(given.place);
  const span = wholeSpan(given.head, filters);
  const categories = service.points.map((point) => point.category);
  const at = answersAt(service, mapped, given);
  return {
    code: service.code,
    names: service.names,
    measured_by: mapped.measuredBy,
    grievances: mapped.grievances,
    grievances_where: [...span, GRIEVING, ofPoints(categories), ...known(given)],
    answers: mapped.answers,
    answers_where: [...span, ...answersFilters(at), ...known(given)],
    answers_whole: 'namedIn' in at || at.length === 1,
    index: mapped.index,
    satisfaction: mapped.satisfaction,
    association: mapped.association,
    unmatched: points.filter((point) => (point.match?.item ?? null) === null).length,
    ahead: aheadOf(expectedView(service, mapped)),
  };
}

function aheadOf({ verdict, next }: ExpectedView): ServiceSummary['ahead'] {
  const [most] = next.filter((one) => one.expected > one.usual).toSorted((a, b) => b.expected - b.usual - (a.expected - a.usual));
  return { verdict, most: most ?? null };
}

/** Cells are places that are known: what has none stands in no cell. */
export function known({ place, head }: Presented): readonly Filter[] {
  const places = Object.keys(head.places);
  return places.length === 0 ? [] : [{ field: place, in: places }];
}

export function cellsOf(service: ServiceItem, mapped: MappedService, given: Presented): readonly CellView[] {
  const filters = cellFilters(given.place);
  const at = answersFilters(answersAt(service, mapped, given));
  const points = ofPoints(service.points.map((point) => point.category));
  return mapped.scored.map((cell) => ({
    place: cell.place,
    month: cell.month,
    index: cell.index,
    satisfaction: cell.satisfaction ?? 0,
    answers: cell.answers,
    grievances: cell.grievances,
    grievances_where: [filters.month(cell.month), ...filters.place(cell.place), GRIEVING, points],
    answers_where: [filters.month(cell.month), ...filters.place(cell.place), ...at],
  }));
}

export function itemsOf(service: ServiceItem, survey: Survey, raw: readonly RawCell[], given: Presented): readonly SurveyItemView[] {
  const span = wholeSpan(given.head, cellFilters(given.place));
  return service.items.flatMap(({ item: code, loading }) => {
    const item = survey.items.find((one) => one.code === code);
    if (item === undefined) return [];
    const columns = given.askedIn[code] ?? [];
    const [n, sum] = raw.reduce(
      ([count, total], cell) => [count + (cell.answers[code]?.n ?? 0), total + (cell.answers[code]?.sum ?? 0)],
      [0, 0],
    );
    return [
      {
        code,
        names: item.names,
        question: item.question,
        loading,
        answers: n,
        satisfaction: n === 0 ? null : sum / n,
        columns: columns.map((one) => one.column),
        where: [...span, ...answersFilters(columns), ...known(given)],
      },
    ];
  });
}

export function expectedView(service: ServiceItem, { expected }: MappedService): ExpectedView {
  return {
    verdict: expected.verdict,
    tested: expected.tested,
    error: expected.error,
    error_without: expected.errorWithout,
    z: expected.z,
    coverage: expected.coverage,
    division: { verdict: expected.division.verdict, tested: expected.division.tested, z: expected.division.z },
    next: expected.next.map(({ points, ...place }) => {
      const main = points.indexOf(Math.max(...points));
      const category = service.points[main]?.category;
      return {
        ...place,
        main: category === undefined ? null : { category, expected: points[main] ?? 0 },
      };
    }),
  };
}

/** Grievances by category over all cells. */
export function countsOf(raw: readonly RawCell[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const cell of raw) for (const [category, n] of Object.entries(cell.grievances)) counts[category] = (counts[category] ?? 0) + n;
  return counts;
}

/** What was asked about in words that lead to no service item, each with the scores behind it. */
export function unplacedOf(
  { unplaced, unplacedAnswers }: Pick<NamedScores, 'unplaced' | 'unplacedAnswers'>,
  given: Presented,
): UnplacedScores {
  const span = wholeSpan(given.head, cellFilters(given.place));
  return {
    answers: unplacedAnswers,
    names: unplaced.map(({ column, after, name, why, answers }) => ({
      column,
      name,
      why,
      answers,
      where: [...span, ...columnFilters({ column, values: [name], scored: true, after }), ...known(given)],
    })),
  };
}
