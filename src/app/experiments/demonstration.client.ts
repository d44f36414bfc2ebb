import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packDirectory } from '../../understand/load-pack.client.ts';
import { type CompareAsk, listOf, metricsOf } from '../../verify/index.ts';

const shape = z.strictObject({
  name: z.string(),
  strategy: z.string(),
  file: z.string().regex(/^[\w-]+\.csv$/),
  ask: z.strictObject({
    arm: z.string(),
    control: z.string(),
    metric: z.string(),
    count: z.string(),
    strata: z.string(),
    balance: z.string(),
  }),
  notes: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
});

export interface Demonstration {
  readonly name: string;
  readonly strategy: string;
  readonly path: string;
  readonly ask: CompareAsk;
  readonly notes: readonly { readonly zh: string; readonly en: string }[];
}

/** The study that comes with a pack; null for a pack without one. */
export async function demonstrationOf(pack: string): Promise<Demonstration | null> {
  const folder = join(packDirectory(pack), 'experiments');
  const text = await readFile(join(folder, 'demonstration.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const { name, strategy, file, ask, notes } = shape.parse(JSON.parse(text));
  const { arm, control, metric, count, strata, balance } = ask;
  return {
    name,
    strategy,
    notes,
    path: join(folder, file),
    ask: { arm, control, metrics: metricsOf([metric]), count, strata: listOf(strata), balance: listOf(balance), seed: 1 },
  };
}
