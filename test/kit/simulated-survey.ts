import { seededRandom } from '../../src/maths/seeded-random.ts';
import { type RawCell, OVERALL } from '../../src/predict/satisfaction/service-cells.ts';

/** A world of places and months in which it is known whether, and through which points, grievances cost satisfaction. */
export interface SurveyWorld {
  readonly seed: number;
  readonly places: number;
  readonly months: number;
  readonly customers: number;
  readonly answers: number;
  readonly points: readonly string[];
  /** Satisfaction lost (points of 100) per grievance of each point per 1,000 customers. */
  readonly cost: readonly number[];
  /** Months that are bad for everybody raise grievances and lower satisfaction on their own. */
  readonly badMonths: boolean;
}

export function simulatedSurvey(world: SurveyWorld): readonly RawCell[] {
  const random = seededRandom(world.seed, 'survey-world');
  const usual = world.points.map(() => random.between(2, 8));
  const placeLevel = Array.from({ length: world.places }, () => world.points.map(() => Math.exp(random.between(-0.5, 0.5))));
  const monthLevel = Array.from({ length: world.months }, () => (world.badMonths && random.chance(0.3) ? 1.6 : 1));
  const cells: RawCell[] = [];
  for (let month = 0; month < world.months; month++) {
    for (let place = 0; place < world.places; place++) {
      const rates = world.points.map(
        (_, p) => (usual[p] ?? 0) * (placeLevel[place]?.[p] ?? 1) * (monthLevel[month] ?? 1) * Math.exp(random.between(-0.4, 0.4)),
      );
      const lost = rates.reduce((sum, rate, p) => sum + rate * (world.cost[p] ?? 0), 0);
      const level = 85 - lost - ((monthLevel[month] ?? 1) > 1 ? 4 : 0) + random.between(-1, 1);
      cells.push({
        place: `p${place}`,
        month: new Date(Date.UTC(2026, month, 1)).toISOString().slice(0, 10),
        customers: world.customers,
        grievances: Object.fromEntries(world.points.map((point, p) => [point, random.poisson(((rates[p] ?? 0) * world.customers) / 1000)])),
        answers: { [OVERALL]: answersOf(level, world.answers, () => random.between(-30, 30)) },
      });
    }
  }
  return cells;
}

function answersOf(level: number, n: number, draw: () => number) {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const answer = Math.max(0, Math.min(100, level + draw()));
    sum += answer;
    squares += answer * answer;
  }
  return { n, sum, squares };
}
