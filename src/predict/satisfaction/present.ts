import type { Filter } from '../../model/question.ts';
import type { CellPlace, CellView, CellsHead, ExpectedView, ServiceSummary, SurveyItemView } from '../../model/satisfaction.ts';
import type { ServiceItem, Survey } from '../../model/survey.ts';
import { type AnswersAt, answersFilters, cellFilters, type CellFilters, GRIEVING, ofPoints } from './cell-filters.ts';
import type { MappedService } from './mapping.ts';
import type { PointAsked } from './present-points.ts';
import type { RawCell } from './service-cells.ts';

/** Columns that carry a survey item's answers, with the values seen. */
type AskedIn = Readonly<Record<string, readonly { readonly column: string; readonly values: readonly string[] }[]>>;

export interface Presented {
  readonly head: CellsHead;
  readonly place: CellPlace;
  readonly askedIn: AskedIn;
}

/** Whose answers a service item rests on: its own items' columns, or the overall score. */
function answersAt(service: ServiceItem, mapped: MappedService, askedIn: AskedIn): AnswersAt {
  return mapped.measuredBy === 'overall' ? 'score' : service.items.flatMap(({ item }) => askedIn[item] ?? []);
}

const wholeSpan = (head: CellsHead, filters: CellFilters): readonly Filter[] =>
  head.from === null || head.before === null ? [] : [filters.span(head.from, head.before)];

export function summaryOf(service: ServiceItem, mapped: MappedService, points: readonly PointAsked[], given: Presented): ServiceSummary {
  const filters = cellFilters(given.place);
  const span = wholeSpan(given.head, filters);
  const categories = service.points.map((point) => point.category);
  return {
    code: service.code,
    names: service.names,
    measured_by: mapped.measuredBy,
    grievances: mapped.grievances,
    grievances_where: [...span, GRIEVING, ofPoints(categories), ...known(given)],
    answers: mapped.answers,
    answers_where: [...span, ...answersFilters(answersAt(service, mapped, given.askedIn)), ...known(given)],
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
  const at = answersFilters(answersAt(service, mapped, given.askedIn));
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
        where: [...span, ...answersFilters(columns)],
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
    next: expected.next.map(({ points, ...place }) => {
      const main = points.indexOf(Math.max(...points));
      const category = service.points[main]?.category;
      return {
        ...place,
        low: Number.isFinite(place.low) ? place.low : 0,
        high: Number.isFinite(place.high) ? place.high : place.expected * 3,
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
