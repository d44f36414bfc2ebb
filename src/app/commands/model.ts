import { resolve } from 'node:path';
import { readInWorker } from '../../ingest/files/read-in-worker.client.ts';
import { ENCODINGS, type Encoding, type ReadOptions, UnreadableFile } from '../../ingest/files/records.ts';
import { problemText } from '../../model/problem-texts.ts';
import { type Sheet, SheetBuilder } from '../../predict/models/sheet.ts';
import { columnNamed } from '../../predict/models/target.ts';
import { trainVersion } from '../../predict/models/train.job.ts';
import { trainInWorker } from '../../predict/models/train.client.ts';
import type { TableReport, TrainOptions } from '../../predict/models/train-table.ts';
import { type Command, type HomeRun, type Run, UsageError, jsonLine, read } from './command.ts';
import { dateColumns, timesOf } from './date-columns.ts';

const usage =
  'model train --target COLUMN|CONDITION|complaint --from FILE|voices [--within 7|30] [--positive VALUE] [--folds N] [--seed N] [--time COLUMN|none] [--group COLUMN] [--without COLUMN]… [--keep-leaks] [--protected] [--sheet S] [--encoding E] [--json]';

const options = {
  target: { type: 'string' },
  from: { type: 'string' },
  positive: { type: 'string' },
  folds: { type: 'string' },
  seed: { type: 'string' },
  time: { type: 'string' },
  group: { type: 'string' },
  without: { type: 'string', multiple: true },
  'keep-leaks': { type: 'boolean' },
  protected: { type: 'boolean' },
  within: { type: 'string' },
  sheet: { type: 'string' },
  encoding: { type: 'string' },
} as const;

export const modelTrainCommand: Command = {
  words: 'model train',
  usage,
  help: [
    'Foretell a yes or no from any table, and say how well: figures on held-out rows alone.',
    '  --target   a column of two values (Churn), or a condition ("score<=6", "status=Churned"); of voices: complaint, of the category of a grievance',
    '  --positive the value that counts as yes, where the column alone does not tell',
    '  --seed     1; what is left to chance (folds, samples, trees) follows from it',
    '  --folds    5, stratified, copies of a row in one fold; without it a table with a time column is tried on its last 30 %',
    '  --keep-leaks  columns that tell the target (alone AUC ≥ .90, or known only after the event) take part nevertheless',
    '  --protected   age, sex and the like take part; without it only what they would add is told',
    '  Voices take --within and --seed: how they are judged and what is known of a grievance is fixed, and every option of files is refused.',
  ].join('\n'),
  // A file needs no home; voices are in one.
  needs: (argv) => (argv.includes('voices') || argv.includes('--from=voices') ? 'home' : 'none'),
  right: 'reader.train',
  run: async (run: Run | HomeRun) => {
    const { values } = read(run, options, { min: 0, max: 0, usage });
    if ('ctx' in run) return trainOnVoices(run, values);
    const report = await trainOnFile(run, values);
    if (values.json === true) run.out(jsonLine(rounded(report)));
    else for (const line of inWords(report)) run.out(line);
    return 0;
  },
};

type Values = ReturnType<typeof read<typeof options>>['values'];

/** What is fixed where the rows are grievances of customers, and why. */
const OF_FILES = {
  positive: 'a complaint within the time counts as yes',
  folds: 'it is judged on the last 30 % by time',
  time: 'a grievance happened when it was said',
  group: 'the grievances of one customer always go together',
  without: 'its features are those that scores are reckoned from later',
  'keep-leaks': 'all that it learns from was known when the grievance was told',
  protected: 'scores never use age; what it would add is told as protected',
  sheet: 'voices are in the home, not in a file',
  encoding: 'voices are in the home, not in a file',
} as const;

/** Trains a version on the home's voices, keeps it, and tells the figures of one horizon. */
async function trainOnVoices(run: HomeRun, values: Values): Promise<number> {
  const problems: string[] = [];
  if (values.target !== 'complaint') problems.push('--from voices foretells --target complaint');
  const within = values.within ?? '30';
  if (within !== '7' && within !== '30') problems.push(`--within is 7 or 30 days, not "${within}"`);
  for (const [name, why] of Object.entries(OF_FILES))
    if (values[name as keyof typeof OF_FILES] !== undefined) problems.push(`--${name} does not apply to --from voices: ${why}`);
  const seed = number(values.seed, 'seed', 0, 2 ** 31, problems);
  if (problems.length > 0) throw new UsageError(`${problems.join('\n')}\nusage: voxloop ${usage}`);
  const step = (done: number, of: number): void => run.err(`${done} of ${of} parts trained`);
  const version = await trainVersion(run.ctx, run.viewer, { signal: run.signal, step, via: 'cli', ...(seed === null ? {} : { seed }) });
  if (version === null)
    throw new UsageError(
      'There are too few grievances whose thirty days are over, or too few complaints of their category: at least 20 of each are needed.',
    );
  const { baseline: _baseline, ...card } = within === '7' ? version.card.week : version.card.month;
  const { id, state, why } = version;
  const told = { version: id, state, why, seed: version.card.seed, rows: card.grievances, ...card, against: version.card.against };
  if (values.json === true) run.out(jsonLine(rounded(told)));
  else run.out(JSON.stringify(rounded(told), null, 2));
  return 0;
}

async function trainOnFile(run: Run, values: Values): Promise<TableReport> {
  const problems: string[] = [];
  if (values.target === undefined) problems.push('--target COLUMN is missing');
  if (values.from === undefined) problems.push('--from FILE is missing');
  if (values.encoding !== undefined && !ENCODINGS.includes(values.encoding as Encoding))
    problems.push(`--encoding is one of ${ENCODINGS.join(', ')}`);
  if (values.within !== undefined) problems.push('--within is for --from voices: of a file the target says what is foretold');
  const folds = number(values.folds, 'folds', 2, 50, problems);
  const seed = number(values.seed, 'seed', 0, 2 ** 31, problems);
  if (problems.length > 0) throw new UsageError(`${problems.join('\n')}\nusage: voxloop ${usage}`);
  const sheet = await sheetOf(resolve(run.cwd, values.from ?? ''), {
    ...(values.encoding === undefined ? {} : { encoding: values.encoding as Encoding }),
    ...(values.sheet === undefined ? {} : { sheet: values.sheet }),
  });
  const dates = dateColumns(sheet, run.config.timeZone);
  const time = values.time === 'none' ? null : (values.time ?? dates[0] ?? null);
  const found =
    time === null || columnNamed(sheet, time) < 0 ? null : timesOf(sheet.columns[columnNamed(sheet, time)]!, run.config.timeZone);
  // A column that only looks like the time of a row is not insisted on.
  if (found?.kind === 'problem' && values.time !== undefined) throw new UsageError(`--time: ${found.problem}`);
  const task: TrainOptions = {
    target: values.target ?? '',
    positive: values.positive ?? null,
    folds,
    seed: seed ?? 1,
    time: found?.kind === 'problem' ? null : time,
    group: values.group ?? null,
    keepLeaks: values['keep-leaks'] === true,
    useProtected: values.protected === true,
    without: values.without ?? [],
    dates,
  };
  const step = (done: number, of: number): void => run.err(`${done} of ${of} parts tried`);
  const trained = await trainInWorker(
    { sheet, times: found?.kind === 'times' ? found.times : null, options: task },
    { signal: run.signal, step },
  );
  if (trained.kind === 'problems') throw new UsageError(trained.problems.join('\n'));
  return trained.report;
}

function number(value: string | undefined, name: string, least: number, most: number, problems: string[]): number | null {
  if (value === undefined) return null;
  const whole = Number(value);
  if (Number.isInteger(whole) && whole >= least && whole <= most) return whole;
  problems.push(`--${name} must be a whole number between ${least} and ${most}, not "${value}"`);
  return null;
}

/** A file as a table of texts. */
export async function sheetOf(path: string, how: ReadOptions): Promise<Sheet> {
  const builder = new SheetBuilder();
  try {
    for await (const batch of readInWorker(path, how)) builder.add(batch.columns, batch.records);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`${path}: ${problemText(error.problem, 'en')}`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`there is no file ${path}`);
    throw error;
  }
  return builder.finish();
}

/** Four digits behind the point: more is noise. */
export const rounded = (report: object): object =>
  JSON.parse(
    JSON.stringify(report, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e4) / 1e4 : value,
    ),
  ) as object;

function inWords(report: TableReport): readonly string[] {
  const three = (x: number): string => x.toFixed(3);
  const verdict = {
    usable: 'The table foretells it.',
    weak: 'The table foretells it a little: too weak to act on single rows.',
    no_signal: 'No usable signal: nothing here foretells it better than its share does.',
  }[report.verdict];
  return [
    `${report.target}: ${verdict}`,
    `${report.rows} rows, ${report.duplicates} of them copies; judged on ${report.held_out} held-out rows, ${report.positives} with the event.`,
    `AUC ${three(report.auc)} [${three(report.auc_low)}–${three(report.auc_high)}] · log loss ${three(report.log_loss)} (base rate ${three(report.base_log_loss)}, z ${report.gain.z.toFixed(1)}) · Brier ${three(report.brier)} · ECE ${three(report.ece)} · top tenth ${report.lift_top_decile.toFixed(2)} times the share`,
    ...(report.leaks.length > 0 ? [`Suspected to tell the target: ${report.leaks.join(', ')}.`] : []),
    ...(report.protected === null
      ? []
      : [
          `Protected: ${report.protected.columns.join(', ')}; ${report.protected.used ? 'they add' : 'left out, they would add'} ${three(report.protected.auc_added)} to the AUC.`,
        ]),
    ...report.factors
      .slice(0, 10)
      .map(
        ({ name, effect, direction, raised_by }) =>
          `  ${name}: ${three(effect)} ${raised_by === undefined ? direction : `most with ${raised_by}`}`,
      ),
  ];
}
