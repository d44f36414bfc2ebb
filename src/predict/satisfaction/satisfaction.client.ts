import { labelsOf, warehouseAsOf } from '../../analyse/read.sql.ts';
import type { Viewer } from '../../model/people.ts';
import type { Names } from '../../model/question.ts';
import type { CellPlace, CellsHead, SatisfactionOverview, ServiceDetail } from '../../model/satisfaction.ts';
import { NO_SURVEY, type ServiceItem, type Survey } from '../../model/survey.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { countsFor } from './asked-about.ts';
import { associationOf } from './association.ts';
import { cellFilters, GRIEVING, ofPoints } from './cell-filters.ts';
import { decisionsOf, type StoredDecision } from './decisions.sql.ts';
import { hashOfTasks, keptResults } from './kept-results.client.ts';
import { mapInWorker } from './map-in-worker.client.ts';
import type { MappedService } from './mapping.ts';
import type { Period } from './months.ts';
import { cellsOf, countsOf, expectedView, itemsOf, known, type Presented, summaryOf, unplacedOf } from './present.ts';
import { askedPoints, type PointAsked, type PointDecisions, type PointKnown } from './present-points.ts';
import { type CellsAsked, type ReadCells, periodOf, readCells, SPLIT } from './read-cells.client.ts';
import { readSilent } from './read-silent.client.ts';
import type { RawCell } from './service-cells.ts';

type Ctx = Pick<Context, 'warehouse' | 'config' | 'clock' | 'db' | 'pack'>;
const SEED = 1;
const keptMaps = keptResults<Awaited<ReturnType<typeof mapInWorker>>>();

/** The same cells and weights lead to the same maps. */
const mappedOnce = async (ctx: Ctx, tasks: Parameters<typeof mapInWorker>[0], gone?: AbortSignal): ReturnType<typeof mapInWorker> =>
  keptMaps(ctx.warehouse, await hashOfTasks(tasks), (signal) => mapInWorker(tasks, signal), gone);

/** How grievances and satisfaction hang together, service item by service item, within the viewer's scope. */
export async function satisfactionOverview(ctx: Ctx, viewer: Viewer, place: CellPlace, gone?: AbortSignal): Promise<SatisfactionOverview> {
  const survey = ctx.pack.survey ?? NO_SURVEY;
  const asOf = await warehouseAsOf(ctx);
  const period = await periodOf(ctx, viewer);
  if (period === null) return { ...emptyHead(asOf, place), services: [], unplaced: { answers: 0, names: [] }, silent: null };
  const asked: CellsAsked = {
    place,
    survey,
    countsFor: countsFor(survey, ctx.pack.categories),
    categories: categoriesOf(survey.services),
    bySegment: false,
  };
  const [read, decided] = await Promise.all([readCells(ctx, viewer, period, asked), decisionsOf(ctx.db)]);
  const points = survey.services.map((service) => pointsOf(ctx, service, survey, decided));
  const task = taskOf(survey.services, points, read.cells, period, decided, survey.services.length);
  const [[mapped = []], head, silent] = await Promise.all([
    mappedOnce(ctx, [task], gone),
    headOf(ctx, asOf, place, period, read),
    readSilent(ctx, viewer, period, read.scale),
  ]);
  const given: Presented = { head, place, askedIn: read.askedIn, namedIn: read.namedIn };
  const services = survey.services.flatMap((service, i) => {
    const one = mapped[i];
    return one === undefined ? [] : [summaryOf(service, one, points[i] ?? [], given)];
  });
  return { ...head, services, unplaced: unplacedOf(read.unplaced, given), silent };
}

/** One service item: its cells, points, survey items, segments, and what to expect. */
export async function serviceDetail(ctx: Ctx, viewer: Viewer, code: string, place: CellPlace, gone?: AbortSignal): Promise<ServiceDetail> {
  const survey = ctx.pack.survey ?? NO_SURVEY;
  const service = survey.services.find((one) => one.code === code);
  const period = service === undefined ? null : await periodOf(ctx, viewer);
  if (service === undefined || period === null) throw new Refusal('not-found');
  const asOf = await warehouseAsOf(ctx);
  const { segments } = ctx.pack;
  const own: Survey = { ...survey, items: survey.items.filter((item) => service.items.some((one) => one.item === item.code)) };
  const named = countsFor(survey, ctx.pack.categories);
  const asked: CellsAsked = { place, survey: own, countsFor: named, categories: categoriesOf([service]), bySegment: false };
  const splits = place !== 'segment' && segments.length > 0;
  const [read, split, decided] = await Promise.all([
    readCells(ctx, viewer, period, asked),
    splits ? readCells(ctx, viewer, period, { ...asked, bySegment: true }) : null,
    decisionsOf(ctx.db),
  ]);
  const parts = splits && split !== null ? segments.map((segment) => cellsOfSegment(split.cells, segment.id)) : [];
  const points = pointsOf(ctx, service, survey, decided);
  const tasks = [read.cells, ...parts].map((cells, i) =>
    taskOf([service], [points], cells, period, decided, i === 0 ? survey.services.length : parts.length),
  );
  const [[[mapped] = [], ...ofSegments], head] = await Promise.all([mappedOnce(ctx, tasks, gone), headOf(ctx, asOf, place, period, read)]);
  if (mapped === undefined) throw new Refusal('not-found');
  const given: Presented = { head, place, askedIn: read.askedIn, namedIn: read.namedIn };
  return {
    ...head,
    service: summaryOf(service, mapped, points, given),
    weights_from: mapped.model.weightsFrom,
    weights_version: decided.find((one) => one.kind === 'weights' && one.subject === code)?.version ?? 0,
    weights_cells: mapped.model.cells,
    points: pointViews(points, mapped, read.cells, given),
    items: itemsOf(service, survey, read.cells, given),
    cells: cellsOf(service, mapped, given),
    segments: segments.flatMap((segment, i) =>
      parts[i] === undefined
        ? []
        : [{ segment: segment.id, names: segment.names, association: ofSegments[i]?.[0]?.association ?? associationOf([], SEED) }],
    ),
    expected: expectedView(service, mapped),
    study: service.study ?? null,
    choices: survey.items.map((item) => ({ code: item.code, names: item.names })),
  };
}

const categoriesOf = (services: readonly ServiceItem[]): readonly string[] => [
  ...new Set(services.flatMap((service) => service.points.map((point) => point.category))),
];

function taskOf(
  services: readonly ServiceItem[],
  points: readonly (readonly PointAsked[])[],
  cells: readonly RawCell[],
  period: Period,
  decided: readonly StoredDecision[],
  tests: number,
) {
  const weights = Object.fromEntries(
    services.map((service) => {
      const found = decided.find((one) => one.kind === 'weights' && one.subject === service.code);
      return [service.code, found?.kind === 'weights' ? found.weights : null];
    }),
  );
  return {
    services: services.map(({ code, points, items }) => ({ code, points, items })),
    cells,
    months: period.months,
    askedBy: Object.fromEntries(services.map(({ code }, i) => [code, (points[i] ?? []).map((point) => point.match?.item ?? null)])),
    weights,
    seed: SEED,
    tests,
  };
}

function cellsOfSegment(cells: readonly RawCell[], segment: string): readonly RawCell[] {
  return cells.flatMap((cell) => {
    const [place = '', of = ''] = cell.place.split(SPLIT);
    return of === segment ? [{ ...cell, place }] : [];
  });
}

function pointsOf(ctx: Ctx, service: ServiceItem, survey: Survey, decided: readonly StoredDecision[]): readonly PointAsked[] {
  return askedPoints(service, survey, (category) => knownOf(ctx, category), byKind(decided));
}

function byKind(decided: readonly StoredDecision[]): PointDecisions {
  return {
    match: Object.fromEntries(
      decided.flatMap((one) => (one.kind === 'match' ? [[one.subject, { item: one.item, version: one.version }]] : [])),
    ),
    question: Object.fromEntries(
      decided.flatMap((one) =>
        one.kind === 'question' ? [[one.subject, { state: one.state, question: one.question, version: one.version }]] : [],
      ),
    ),
  };
}

function knownOf({ pack }: Ctx, category: string): PointKnown {
  const names: Names = pack.categories.find((one) => one.code === category)?.names ?? { zh: category, en: category };
  const terms = pack.terms.filter((term) => term.category === category).map((term) => term.term);
  return { names, words: [names.zh, names.en, ...terms] };
}

function pointViews(
  points: readonly PointAsked[],
  mapped: MappedService,
  raw: readonly RawCell[],
  given: Presented,
): ServiceDetail['points'] {
  const counts = countsOf(raw);
  const filters = cellFilters(given.place);
  const { from, before } = given.head;
  const span = from === null || before === null ? [] : [filters.span(from, before)];
  return points.map((point, p) => ({
    ...point,
    weight: mapped.model.weights[p] ?? 0,
    full: mapped.model.full[p] ?? 0,
    grievances: counts[point.category] ?? 0,
    where: [...span, GRIEVING, ofPoints([point.category]), ...known(given)],
  }));
}

function emptyHead(asOf: string, place: CellPlace): CellsHead {
  return { as_of: asOf, place, months: [], from: null, before: null, base: 'subscribers', scale: { from: 1, to: 10 }, places: {} };
}

async function headOf(ctx: Ctx, asOf: string, place: CellPlace, period: Period, read: ReadCells): Promise<CellsHead> {
  const codes = [...new Set(read.cells.map((cell) => cell.place))];
  const places =
    place === 'segment'
      ? {}
      : (
          await labelsOf(
            ctx.db,
            ctx.pack,
            [place],
            codes.map((code) => ({ [place]: code })),
          )
        )[place];
  const named = (code: string): Names =>
    places?.[code] ?? ctx.pack.segments.find((segment) => segment.id === code)?.names ?? { zh: code, en: code };
  return {
    as_of: asOf,
    place,
    months: period.months,
    from: period.from,
    before: period.before,
    base: read.base,
    scale: read.scale,
    places: Object.fromEntries(codes.map((code) => [code, named(code)])),
  };
}
