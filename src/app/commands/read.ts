import { resolve } from 'node:path';
import { readInWorker } from '../../ingest/files/read-in-worker.client.ts';
import { type ENCODINGS, type ReadOptions, UnreadableFile } from '../../ingest/files/records.ts';
import { problemText } from '../../model/problem-texts.ts';
import { readConfig } from '../../platform/config.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { type LabelledText, buildReader, explainReading, parseModel, serialiseModel, trainReader } from '../../understand/index.ts';
import { activateModel, activeModel } from '../../understand/models.sql.ts';
import { loadPack, packDirectory } from '../../understand/load-pack.client.ts';
import { packModel } from '../context.ts';
import { type Command, type HomeRun, type Run, UsageError, jsonLine, read, wholeOf } from './command.ts';

export const readCommand: Command = {
  words: 'read',
  usage: 'read "TEXT" [--json]',
  help: 'Explain how one text is understood',
  needs: 'none',
  run: async (run: Run) => {
    const { positionals, values } = read(run, {}, { min: 1, max: 1, usage: 'read "TEXT" [--json]' });
    const config = readConfig(process.env);
    const pack = await loadPack(packDirectory(config.pack));
    const model = packModel(pack, config.home);
    const reader = buildReader(pack, parseModel(model.weights), model.version);
    const text = positionals[0] ?? '';
    const explained = explainReading(pack, reader.read(text), text, reader.alternatives(text, 3));
    run.out(values.json === true ? jsonLine(explained) : JSON.stringify(explained, null, 2));
    return 0;
  },
};

const trainUsage = 'reader train FILE --text COL --label COL [--test FILE | --test-share 0.2 | --folds 5] [--seed S] [--use] [--json]';

const trainOptions = {
  text: { type: 'string' },
  label: { type: 'string' },
  test: { type: 'string' },
  'test-share': { type: 'string' },
  folds: { type: 'string' },
  seed: { type: 'string' },
  encoding: { type: 'string' },
  sheet: { type: 'string' },
} as const;

/** Reads a labelled file and trains on it; nothing of it is kept. */
async function train(run: Run, values: { [K in keyof typeof trainOptions]?: string | undefined }, path: string) {
  const problems: string[] = [];
  if (values.text === undefined) problems.push('--text COL is missing');
  if (values.label === undefined) problems.push('--label COL is missing');
  if ([values.test, values['test-share'], values.folds].filter((v) => v !== undefined).length > 1)
    problems.push('--test, --test-share and --folds exclude each other');
  const share = values['test-share'] === undefined ? undefined : Number(values['test-share']);
  if (share !== undefined && !(share > 0 && share < 1)) problems.push('--test-share lies between 0 and 1');
  if (problems.length > 0) throw new UsageError(`${problems.join('\n')}\nusage: voxloop ${trainUsage}`);
  const options: ReadOptions = {
    ...(values.encoding === undefined ? {} : { encoding: values.encoding as (typeof ENCODINGS)[number] }),
    ...(values.sheet === undefined ? {} : { sheet: values.sheet }),
  };
  const columns = { text: values.text ?? '', label: values.label ?? '' };
  const rows = await labelled(resolve(run.cwd, path), columns, options);
  const test = values.test === undefined ? undefined : await labelled(resolve(run.cwd, values.test), columns, options);
  return trainReader(rows, {
    seed: wholeOf(values.seed, 'seed', 1),
    nowMs: () => performance.now(),
    ...(test === undefined ? {} : { test }),
    ...(share === undefined ? {} : { testShare: share }),
    ...(values.folds === undefined ? {} : { folds: wholeOf(values.folds, 'folds', 5, 2) }),
  });
}

async function labelled(path: string, columns: { text: string; label: string }, options: ReadOptions): Promise<LabelledText[]> {
  const rows: LabelledText[] = [];
  try {
    for await (const batch of readInWorker(path, options)) {
      const text = batch.columns.indexOf(columns.text);
      const label = batch.columns.indexOf(columns.label);
      const missing = [text < 0 ? columns.text : null, label < 0 ? columns.label : null].filter((name) => name !== null);
      if (missing.length > 0)
        throw new UsageError(
          `${path} has no column ${missing.map((name) => `"${name}"`).join(' and ')}; it has ${batch.columns.map((name) => `"${name}"`).join(', ')}`,
        );
      for (const record of batch.records) rows.push({ text: record.cells[text] ?? '', label: record.cells[label] ?? '' });
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`${path}: ${problemText(error.problem, 'en')}`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`there is no file ${path}`);
    throw error;
  }
  return rows;
}

const rounded = (report: object): object =>
  JSON.parse(
    JSON.stringify(report, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e4) / 1e4 : value,
    ),
  ) as object;

export const trainCommand: Command = {
  words: 'reader train',
  usage: trainUsage,
  help: 'Train on any labelled file and report held-out figures',
  needs: 'none',
  run: async (run: Run) => {
    const { values, positionals } = read(run, trainOptions, { min: 1, max: 1, usage: trainUsage });
    const { report } = await train(run, values, positionals[0] ?? '');
    run.out(values.json === true ? jsonLine(rounded(report)) : JSON.stringify(rounded(report), null, 2));
    return 0;
  },
};

const useUsage = 'reader use FILE --text COL --label COL [--seed S] [--json]';

/** Learns from voices labelled with the pack's category codes or names, beside the pack's own examples. */
export const useCommand: Command = {
  words: 'reader use',
  usage: useUsage,
  help: 'Train on voices labelled with categories and read with that from the next start on',
  needs: 'home',
  right: 'reader.train',
  run: async (run: HomeRun) => {
    const { values, positionals } = read(run, trainOptions, { min: 1, max: 1, usage: useUsage });
    const { ctx, viewer } = run;
    const rows = await labelled(resolve(run.cwd, positionals[0] ?? ''), { text: values.text ?? '', label: values.label ?? '' }, {});
    const codes = new Map(
      ctx.pack.categories
        .filter((c) => c.cell !== undefined)
        .flatMap(
          (c) =>
            [
              [c.code, c.code],
              [c.names.zh, c.code],
              [c.names.en, c.code],
            ] as const,
        ),
    );
    const known = rows.flatMap(({ text, label }) => (codes.has(label.trim()) ? [{ text, label: codes.get(label.trim()) ?? '' }] : []));
    if (known.length === 0) throw new UsageError(`No label of the ${rows.length} rows is a category of the pack ${ctx.pack.id}`);
    const own = ctx.pack.examples.map(({ text, category }) => ({ text, label: category }));
    const { report, model } = trainReader([...own, ...known], { seed: wholeOf(values.seed, 'seed', 1), nowMs: () => performance.now() });
    if (report.verdict !== 'usable signal') throw new UsageError('These labels carry no usable signal; the reader stays as it is');
    const version = `trained-${ctx.clock.now().replaceAll(/[-:.]/g, '')}`;
    await inTransaction(ctx.db, async (tx) => {
      await activateModel(tx, version, ctx.clock.now(), rounded(report), serialiseModel(model));
      await writeAudit(tx, {
        ctx,
        viewer,
        via: 'cli',
        action: 'reader.use',
        subjectKind: 'reader',
        subjectId: version,
        detail: { rows: known.length },
      });
    });
    run.out(
      jsonLine({
        ...rounded(report),
        used: known.length,
        unknown_labels: rows.length - known.length,
        version,
        active: (await activeModel(ctx.db))?.version,
      }),
    );
    return 0;
  },
};
