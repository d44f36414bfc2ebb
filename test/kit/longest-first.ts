import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** About how many seconds journeys of more than half a minute take on two busy processors; vitest itself only knows how large a file is. */
const SECONDS: Readonly<Record<string, number>> = {
  'browser-pages': 400,
  crash: 250,
  backup: 200,
  'stored-scripts': 200,
  province: 180,
  'browser-people': 180,
  'faults-failpoints': 170,
  'held-out-worlds': 150,
  'browser-analyse': 140,
  'faults-database': 120,
};

/** The longest journeys begin first, so that at the end no processor waits for one that began last. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [journeys, others] = [sorted.filter(isJourney), sorted.filter((file) => !isJourney(file))];
    return [...others, ...journeys.toSorted((a, b) => secondsOf(b) - secondsOf(a))];
  }
}

const isJourney = (file: TestSpecification): boolean => file.project.name === 'journeys';
const secondsOf = (file: TestSpecification): number => SECONDS[basename(file.moduleId, '.test.ts')] ?? 0;
