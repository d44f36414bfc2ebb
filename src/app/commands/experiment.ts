import { resolve } from 'node:path';
import { CAVEATS, VERDICTS } from '../../model/comparison-words.ts';
import { UPLIFT_LEARNERS } from '../../model/comparison.ts';
import type { Names } from '../../model/question.ts';
import type { Problem } from '../../model/problem.ts';
import { problemText } from '../../model/problem-texts.ts';
import type { ENCODINGS, ReadOptions } from '../../ingest/files/records.ts';
import { type CompareAsk, compareTable, listOf, listOrAll, metricsOf, sharesOf, upliftOf } from '../../verify/index.ts';
import { NoTable, readTable } from '../experiments/read-table.client.ts';
import { type Command, jsonLine, read, type Run, UsageError, wholeOf } from './command.ts';

const usage = `experiment compare FILE --arm COL [--control VALUE] --metric COL[:up|down][,…] [--count COL] [--strata COL[,…]] [--balance all|COL,…] [--expected SHARES] [--features all|COL,…] [--learner ${UPLIFT_LEARNERS.join('|')}] [--before COL] [--encoding E] [--sheet S] [--seed S] [--json]`;

const options = {
  arm: { type: 'string' },
  control: { type: 'string' },
  metric: { type: 'string', multiple: true },
  count: { type: 'string' },
  strata: { type: 'string' },
  balance: { type: 'string' },
  expected: { type: 'string' },
  features: { type: 'string' },
  before: { type: 'string' },
  learner: { type: 'string' },
  seed: { type: 'string' },
  encoding: { type: 'string' },
  sheet: { type: 'string' },
} as const;

const coded = (words: Readonly<Record<string, Names>>): string =>
  Object.entries(words)
    .map(([code, { zh, en }]) => `    ${code.padEnd(22)}${en}\n    ${''.padEnd(22)}${zh}`)
    .join('\n');

const details = `
  FILE           one row per customer, or counted rows (--count). Metrics are 0/1, true/false, yes/no, or numbers (Welch).
                 With --count and one row per arm and stratum a metric may also be a rate (7.1 %) or the number of events.
  --arm          the column that names the arm; --control says which value is the control (else the one whose name says so)
  --metric       one or several, the first is the main one; :up or :down says which way is good
  --strata       strata or periods: Mantel–Haenszel over them, whether they agree, survival where they are periods in time
  --balance      traits known before the start; fails at Holm p < .001 or a standardised difference above .1 (Holm p < .05)
  --expected     shares that the arms should have (50,50 with the control first, or control=1,new=2); fails at p < .01
  --features     whom to target: five folds, normalised Qini with a bootstrap interval
  --learner      how who gains is learned: t-logistic (two logistic regressions), t-trees (two boosted trees), s-trees (one that
                 knows who was treated)
  --before       the main metric before the start: before, after and change of each arm, difference in differences, and CUPED where
                 each customer has both; where others were asked before, give them rows of their own, with an empty metric
  all            leaves out arm, metrics, count, identifiers, and columns that decide the metric

  Effects are treated − control; intervals are 95 % (shares: Newcombe). always_valid may be looked at as often as one likes
  (mixture with τ = 1 percentage point; numbers: .04 standard deviations).

  verdicts
${coded(VERDICTS)}

  caveats
${coded(CAVEATS)}`;

export const compareCommand: Command = {
  words: 'experiment compare',
  usage,
  help: 'Compare the arms of an experiment in any table (CSV, TSV, XLSX, JSON, NDJSON)',
  details,
  needs: 'none',
  run: async (run: Run) => {
    const { values, positionals } = read(run, options, { min: 1, max: 1, usage });
    const ask = askOf(values);
    const path = resolve(run.cwd, positionals[0] ?? '');
    const { table, problems: unread } = await readTable(path, readOptionsOf(values)).catch((error: unknown) => {
      throw error instanceof NoTable ? new UsageError(error.message) : error;
    });
    for (const problem of unread.slice(0, SHOWN)) run.err(told(problem));
    if (unread.length > SHOWN) run.err(`… and ${unread.length - SHOWN} more rows that could not be read`);
    const done = compareTable(table, ask, upliftOf);
    if ('problems' in done) throw new UsageError(done.problems.map(told).join('\n'));
    if (values.json !== true) {
      const views = done.compared.comparisons ?? [done.compared];
      for (const { arm, words, caveats } of views)
        run.out([`${arm}`, words.zh, words.en, ...caveats.map((code) => `  ${code}: ${CAVEATS[code].zh} ${CAVEATS[code].en}`)].join('\n'));
    }
    run.out(jsonLine(done.compared));
    return 0;
  },
};

const SHOWN = 20;
type Values = {
  readonly [K in keyof typeof options]?: (typeof options)[K] extends { multiple: true } ? string[] | undefined : string | undefined;
};

function askOf(values: Values): CompareAsk {
  const wrong: string[] = [];
  const metrics = metricsOf(values.metric ?? []);
  const expected = values.expected === undefined ? undefined : sharesOf(values.expected);
  const learner = UPLIFT_LEARNERS.find((one) => one === values.learner);
  if (values.arm === undefined) wrong.push('--arm COL is missing');
  if (metrics.length === 0) wrong.push('--metric COL is missing');
  if (expected === null) wrong.push(`--expected is not shares: "${values.expected}"; give 50,50 (the control first) or control=1,new=2`);
  if (values.learner !== undefined && learner === undefined)
    wrong.push(`--learner is one of ${UPLIFT_LEARNERS.join(', ')}, not "${values.learner}"`);
  if (values.learner !== undefined && values.features === undefined) wrong.push('--learner learns from --features: name them, or all');
  if (wrong.length > 0) throw new UsageError(`${wrong.join('\n')}\nusage: voxloop ${usage}`);
  return {
    arm: values.arm ?? '',
    metrics,
    strata: listOf(values.strata ?? ''),
    balance: values.balance === undefined ? [] : listOrAll(values.balance),
    seed: wholeOf(values.seed, 'seed', 1),
    ...(values.control === undefined ? {} : { control: values.control }),
    ...(values.count === undefined ? {} : { count: values.count }),
    ...(values.before === undefined ? {} : { before: values.before }),
    ...(values.features === undefined ? {} : { features: listOrAll(values.features) }),
    ...(learner === undefined ? {} : { learner }),
    ...(expected === undefined || expected === null ? {} : { expected }),
  };
}

const readOptionsOf = ({ encoding, sheet }: Values): ReadOptions => ({
  ...(encoding === undefined ? {} : { encoding: encoding as (typeof ENCODINGS)[number] }),
  ...(sheet === undefined ? {} : { sheet }),
});

const told = (problem: Problem): string => `${problem.row === undefined ? '' : `row ${problem.row}: `}${problemText(problem, 'en')}`;
