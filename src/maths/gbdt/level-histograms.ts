import { histogramAt, histogramOf, type Arena } from './arena.ts';
import { shareOf, type Crew } from './crew.ts';
import type { ColumnBins } from './find-split.ts';

/** Columns whose sums this thread adds up and searches: about its share of all bins. */
export function ownColumns({ plan }: Arena, crew: Crew): readonly ColumnBins[] {
  const [from, before] = shareOf(plan.starts[plan.width] as number, crew);
  const all = Array.from({ length: plan.width }, (_, column): ColumnBins => {
    const start = plan.starts[column] as number;
    return { column, from: start, bins: (plan.starts[column + 1] as number) - start };
  });
  return all.filter((column) => column.from >= from && column.from < before);
}

/** This thread's rows order[from … before) into its own histogram. */
export function countRows({ plan, kernels, memory }: Arena, { me }: Crew, from: number, before: number, bank: number, slot: number): void {
  const at = histogramAt(plan, me, bank, slot);
  new Int32Array(memory.buffer, at, 2 * (plan.starts[plan.width] as number)).fill(0);
  kernels.histogram(plan.at.order + 4 * from, plan.at.order + 4 * before, plan.at.byRow, plan.at.gradients, at);
}

/** All threads' counts of these columns into the first thread's histogram, which is the whole one. */
export function addUp(arena: Arena, { threads }: Crew, columns: readonly ColumnBins[], bank: number, slot: number): void {
  const [from, before] = placesOf(columns);
  const whole = histogramOf(arena, 0, bank, slot);
  for (let thread = 1; thread < threads; thread++) {
    const part = histogramOf(arena, thread, bank, slot);
    for (let i = from; i < before; i++) whole[i] = (whole[i] as number) + (part[i] as number);
  }
}

/** A node's sums without those of one child are those of the other. */
export function subtract(arena: Arena, columns: readonly ColumnBins[], bank: number, parent: number, known: number, wanted: number): void {
  const [from, before] = placesOf(columns);
  const [whole, less, rest] = [
    histogramOf(arena, 0, bank, parent),
    histogramOf(arena, 0, 1 - bank, known),
    histogramOf(arena, 0, 1 - bank, wanted),
  ];
  for (let i = from; i < before; i++) rest[i] = (whole[i] as number) - (less[i] as number);
}

function placesOf(columns: readonly ColumnBins[]): readonly [number, number] {
  const [first, last] = [columns[0], columns.at(-1)];
  return first === undefined || last === undefined ? [0, 0] : [2 * first.from, 2 * (last.from + last.bins)];
}
