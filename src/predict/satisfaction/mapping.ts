import type { AssociationView } from '../../model/satisfaction.ts';
import type { ScoredCell } from './association.ts';
import { associationOf, LEAST_ANSWERS, presentModel, scoredCells } from './association.ts';
import { type Expected, expectedGrievances } from './expected-grievances.ts';
import { type IndexModel, indexOf } from './grievance-index.ts';
import { type MeasuredBy, type RawCell, serviceCells } from './service-cells.ts';
import type { ServiceItem } from '../../model/survey.ts';

/** What is computed for one service item: everything that is heavy, nothing that has a name. */
export interface MappedService {
  readonly code: string;
  readonly measuredBy: MeasuredBy;
  readonly grievances: number;
  readonly answers: number;
  readonly index: number | null;
  readonly satisfaction: number | null;
  readonly association: AssociationView;
  readonly model: IndexModel;
  readonly scored: readonly ScoredCell[];
  readonly expected: Expected;
}

export interface MappingTask {
  readonly services: readonly Pick<ServiceItem, 'code' | 'points' | 'items'>[];
  readonly cells: readonly RawCell[];
  readonly months: readonly string[];
  /** Per service item and point: the survey item that asks about it; null: none does. */
  readonly askedBy: Readonly<Record<string, readonly (string | null)[]>>;
  /** Weights by category that a person or the pack gave, per service item. */
  readonly weights: Readonly<Record<string, Readonly<Record<string, number>> | null>>;
  readonly seed: number;
  /** Associations that are looked at together. */
  readonly tests: number;
}

export function mapServices(task: MappingTask): readonly MappedService[] {
  return task.services.map((service) => mapService(service, task));
}

function mapService(
  service: MappingTask['services'][number],
  { cells: raw, months, weights, askedBy, seed, tests }: MappingTask,
): MappedService {
  const { cells, measuredBy } = serviceCells(service, raw);
  const points = service.points.length;
  const set = givenWeights(service, weights[service.code] ?? null);
  const model = presentModel(cells, points, set);
  const scored = scoredCells(cells, points, set);
  const last = cells.filter((cell) => cell.month === months.at(-1) && cell.customers > 0);
  const people = last.reduce((sum, cell) => sum + cell.customers, 0);
  const answered = cells.filter((cell) => cell.satisfaction !== null);
  const answers = answered.reduce((sum, cell) => sum + cell.answers, 0);
  return {
    code: service.code,
    measuredBy,
    grievances: cells.reduce((sum, cell) => sum + cell.grievances, 0),
    answers,
    index: people === 0 ? null : last.reduce((sum, cell) => sum + (indexOf(model, cell.rates) * cell.customers) / people, 0),
    satisfaction: answers === 0 ? null : answered.reduce((sum, cell) => sum + ((cell.satisfaction ?? 0) * cell.answers) / answers, 0),
    association: associationOf(scored, seed, tests),
    model,
    scored: scored.filter((cell) => cell.satisfaction !== null && cell.answers >= LEAST_ANSWERS),
    expected: expectedGrievances(cells, points, shortfallsOf(raw, askedBy[service.code] ?? [])),
  };
}

const shortfallsOf = (raw: readonly RawCell[], items: readonly (string | null)[]): readonly (readonly (number | null)[])[] =>
  raw.map(({ answers }) =>
    items.map((item) => {
      const found = item === null ? undefined : answers[item];
      return found === undefined || found.n < LEAST_ANSWERS ? null : 100 - found.sum / found.n;
    }),
  );

/** Weights of a person stand before those of the pack; null where neither gave them. */
function givenWeights(
  service: MappingTask['services'][number],
  decided: Readonly<Record<string, number>> | null,
): readonly number[] | null {
  if (decided !== null) return service.points.map((point) => decided[point.category] ?? 0);
  const listed = service.points.map((point) => point.weight);
  return listed.every((weight) => weight !== null) ? listed : null;
}
