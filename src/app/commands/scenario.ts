import { resolve } from 'node:path';
import { writeProvince } from '../../../scenarios/province/write.client.ts';
import { loadScenario, loadScenarioScience } from '../scenario/load-scenario.ts';
import { type Command, type HomeRun, type Run, UsageError, jsonLine, read, wholeOf } from './command.ts';

const usage = 'scenario province --customers N --months M --seed S [--until DATE] [--quiet-world] --out DIR';

export const provinceCommand: Command = {
  words: 'scenario province',
  usage,
  help: 'Write a deterministic sample province as ordinary files',
  needs: 'none',
  run: async (run: Run) => {
    const options = {
      customers: { type: 'string' },
      months: { type: 'string' },
      seed: { type: 'string' },
      until: { type: 'string' },
      out: { type: 'string' },
      'quiet-world': { type: 'boolean' },
    } as const;
    const { values } = read(run, options, { min: 0, max: 0, usage });
    if (values.out === undefined) throw new UsageError(`--out DIR is missing\nusage: voxloop ${usage}`);
    const until = values.until === undefined ? new Date().toISOString() : untilOf(values.until);
    const written = await writeProvince({
      customers: wholeOf(values.customers, 'customers', 15_000, 1),
      months: wholeOf(values.months, 'months', 6, 1),
      seed: wholeOf(values.seed, 'seed', 1),
      until,
      out: resolve(run.cwd, values.out),
      incidents: values['quiet-world'] !== true,
    });
    run.out(jsonLine(written));
    return 0;
  },
};

/** A date is the end of that day in the province. */
function untilOf(text: string): string {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T23:59:59.999+08:00`) : Date.parse(text);
  if (Number.isNaN(instant)) throw new UsageError(`--until is not a date: "${text}"`);
  return new Date(instant).toISOString();
}

export const loadCommand: Command = {
  words: 'scenario load',
  usage: 'scenario load DIR [--json]',
  help: 'Import a scenario that was written before',
  needs: 'home',
  right: 'imports.run',
  works: true,
  run: async (run: HomeRun) => {
    const { positionals } = read(run, {}, { min: 1, max: 1, usage: 'scenario load DIR' });
    const dir = resolve(run.cwd, positionals[0] ?? '');
    const loaded = await loadScenario(run, dir);
    await loadScenarioScience(run, dir);
    run.out(jsonLine(loaded));
    return 0;
  },
};
