import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { ENCODINGS } from '../../ingest/files/records.ts';
import { type ImportBatch, addBatch, batchOf, batchSeenBy, endBatch, moveBatch } from '../../ingest/import-batches.sql.ts';
import { CARRIES, type Carries, type ImportOptions } from '../../model/import-views.ts';
import { mappingSchema } from '../../ingest/mapping/mapping.ts';
import { cancelOpenImport, whileHeld } from '../../ingest/open-imports.sql.ts';
import { runImport } from '../../ingest/run-import.job.ts';
import { rejectedFile } from '../../ingest/rejected-file.client.ts';
import { readWhen } from '../../ingest/when.ts';
import { sourceFor } from '../../ingest/sources.sql.ts';
import { may } from '../../model/may.ts';
import { problemText } from '../../model/problem-texts.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { Refusal } from '../../platform/http/route.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { askUndo, undoImport } from '../undo/undo-import.job.ts';
import { type Command, type HomeRun, UsageError, jsonLine, read } from './command.ts';

const usage =
  'import FILE --source NAME [--as voices|customers|usage] [--mapping FILE] [--encoding E] [--delimiter D] [--sheet S] [--said-at TIME] [--dry-run] [--json]';

export interface ImportRequest {
  readonly path: string;
  readonly source: string;
  readonly as: Carries;
  readonly options: ImportOptions;
  readonly dry: boolean;
}

/** Imports a file in this process, chunk by chunk; progress goes to `err`. */
export async function importFile(run: HomeRun, request: ImportRequest): Promise<ImportBatch> {
  const { ctx } = run;
  const hash = await hashOf(request.path);
  const id = ctx.ids.text('batch', `${request.source}:${request.path}`);
  return whileHeld(ctx.db, id, async () => {
    try {
      return await importAs(run, request, id, hash);
    } catch (error) {
      // No job takes it up again. Where even this fails, the next start ends it.
      await cancelOpenImport(ctx, id).catch(() => undefined);
      throw error;
    }
  });
}

async function importAs(run: HomeRun, request: ImportRequest, id: string, hash: string): Promise<ImportBatch> {
  const { ctx, viewer } = run;
  await inTransaction(ctx.db, async (tx) => {
    const source = await sourceFor(tx, ctx, viewer, request.source, request.as);
    await endUnfinished(tx, source.id, hash, ctx.clock.now());
    await addBatch(tx, {
      id,
      sourceId: source.id,
      memberId: viewer.member,
      carries: request.as,
      fileName: basename(request.path),
      fileHash: hash,
      fileBytes: statSync(request.path).size,
      filePath: request.path,
      options: {
        ...(source.mapping === null || request.options.mapping !== undefined ? {} : { mapping: source.mapping }),
        ...request.options,
      },
      state: 'draft',
      now: ctx.clock.now(),
    });
    await moveBatch(tx, id, request.dry ? 'checking' : 'queued', ctx.clock.now());
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'cli',
      action: request.dry ? 'import.check' : 'import.commit',
      subjectKind: 'batch',
      subjectId: id,
      detail: { source: request.source, file: basename(request.path) },
    });
  });
  return runImport(ctx, { batch: id, dry: request.dry }, run.signal, (batch) => {
    run.err(`${batch.rowsDone} rows read, ${batch.accepted} accepted, ${batch.duplicates} duplicates, ${batch.rejected} rejected`);
  });
}

/** A batch of the same file that was cut off ends here: this one takes its rest. */
async function endUnfinished(tx: Parameters<typeof moveBatch>[0], source: string, hash: string, now: string): Promise<void> {
  const open = await sql<Pick<ImportBatch, 'id' | 'state'>>`
    select id, state from import_batches where source_id = ${source} and file_hash = ${hash} and state in ('queued', 'running', 'checking') for update`.execute(
    tx,
  );
  for (const batch of open.rows) await endBatch(tx, batch, 'cancelled', now);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

export const importCommand: Command = {
  words: 'import',
  usage,
  help: 'Import a file of voices, customers or monthly usage',
  needs: 'home',
  right: 'imports.run',
  works: true,
  run: async (run: HomeRun) => {
    const { values, positionals } = read(
      run,
      {
        source: { type: 'string' },
        as: { type: 'string', default: 'voices' },
        mapping: { type: 'string' },
        encoding: { type: 'string' },
        delimiter: { type: 'string' },
        sheet: { type: 'string' },
        'header-row': { type: 'string' },
        'said-at': { type: 'string' },
        'dry-run': { type: 'boolean' },
      },
      { min: 1, max: 1, usage },
    );
    const path = resolve(run.cwd, positionals[0] ?? '');
    const problems: string[] = [];
    if (!existsSync(path)) problems.push(`there is no file ${path}`);
    if (values.source === undefined) problems.push('--source NAME is missing');
    if (!(CARRIES as readonly string[]).includes(values.as ?? ''))
      problems.push(`--as is one of ${CARRIES.join(', ')}, not "${values.as}"`);
    const encoding = values.encoding === undefined ? undefined : encodingNamed(values.encoding);
    if (values.encoding !== undefined && encoding === undefined)
      problems.push(`--encoding is one of ${ENCODINGS.join(', ')}, not "${values.encoding}"`);
    const saidAt = values['said-at'] === undefined ? undefined : readWhen(values['said-at'], { zone: run.ctx.config.timeZone });
    if (saidAt?.kind === 'unreadable') problems.push(`--said-at is not a time: "${values['said-at']}"`);
    const mapping = values.mapping === undefined ? undefined : mappingOf(resolve(run.cwd, values.mapping), problems);
    if (problems.length > 0) throw new UsageError(`${problems.join('\n')}\nusage: voxloop ${usage}`);
    const began = performance.now();
    const dry = values['dry-run'] === true;
    const batch = await importFile(run, {
      path,
      source: values.source ?? '',
      as: values.as as Carries,
      dry,
      options: {
        ...(encoding === undefined ? {} : { encoding }),
        ...(mapping === undefined ? {} : { mapping }),
        ...(values.delimiter === undefined ? {} : { delimiter: values.delimiter === '\\t' ? '\t' : values.delimiter }),
        ...(values.sheet === undefined ? {} : { sheet: values.sheet }),
        ...(values['header-row'] === undefined ? {} : { header_row: Number(values['header-row']) }),
        ...(saidAt?.kind === 'read' ? { said_at: saidAt.instant } : {}),
      },
    });
    if (!dry) await run.settle();
    return report(run, batch, (performance.now() - began) / 1000, values.json === true);
  },
};

function report(run: HomeRun, batch: ImportBatch, seconds: number, json: boolean): number {
  const failure = batch.error === null ? [] : [{ code: batch.error.code, column: batch.error.column ?? null, count: 1, rows: [] }];
  const result = {
    rows: batch.rowsDone,
    accepted: batch.accepted,
    duplicates: batch.duplicates,
    rejected: batch.rejected,
    problems: [...failure, ...batch.problems],
    batch: batch.id,
    seconds: Math.round(seconds * 100) / 100,
    ...(batch.state === 'failed' || batch.state === 'cancelled' ? { state: batch.state } : {}),
  };
  if (json) run.out(jsonLine(result));
  else {
    run.out(
      `${result.rows} rows = ${result.accepted} accepted + ${result.duplicates} duplicates + ${result.rejected} rejected  (${batch.id}, ${result.seconds} s)`,
    );
    for (const p of result.problems)
      run.out(
        `  ${p.count} × ${problemText({ code: p.code, ...(p.column === null ? {} : { column: p.column }) }, 'en')}${p.rows.length > 0 ? ` (rows ${p.rows.join(', ')}…)` : ''}`,
      );
  }
  if (batch.error !== null) run.err(problemText(batch.error, 'en'));
  return batch.state === 'done' || batch.state === 'checked' ? 0 : 1;
}

function encodingNamed(name: string): (typeof ENCODINGS)[number] | undefined {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const aliases: Record<string, (typeof ENCODINGS)[number]> = {
    utf8: 'utf-8',
    gbk: 'gb18030',
    gb2312: 'gb18030',
    utf16: 'utf-16le',
    iso88591: 'latin1',
    windows1252: 'latin1',
  };
  return aliases[plain] ?? ENCODINGS.find((encoding) => encoding.replaceAll('-', '') === plain);
}

/** A mapping file: {columns: {title: field}, constants?, dateOrder?, zone?}, or just {title: field}. */
function mappingOf(path: string, problems: string[]): unknown {
  try {
    const given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const parsed = mappingSchema.safeParse('columns' in given ? given : { columns: given });
    if (parsed.success) return parsed.data;
    problems.push(...parsed.error.issues.map((issue) => `--mapping ${path}: ${issue.path.join('.')}: ${issue.message}`));
  } catch (error) {
    problems.push(`--mapping ${path} cannot be read: ${(error as Error).message}`);
  }
  return undefined;
}

export const undoCommand: Command = {
  words: 'import undo',
  usage: 'import undo BATCH [--reason TEXT] [--json]',
  help: 'Take an import back: its voices or customers go',
  needs: 'home',
  right: 'imports.run',
  works: true,
  run: async (run: HomeRun) => {
    const options = { reason: { type: 'string' } } as const;
    const { values, positionals } = read(run, options, { min: 1, max: 1, usage: 'import undo BATCH [--reason TEXT] [--json]' });
    const id = positionals[0] ?? '';
    try {
      await askUndo(run.ctx, run.viewer, id, { version: null, reason: values.reason ?? 'voxloop import undo', via: 'cli' });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return refused(run, id, error, values.json === true);
    }
    await undoImport(run.ctx, id, run.signal);
    await run.settle();
    const batch = await batchOf(run.ctx.db, id);
    const result = { batch: id, state: batch?.state, rows: batch?.undo?.rows ?? 0 };
    run.out(values.json === true ? jsonLine(result) : `${result.rows} rows were taken back (${id}, ${result.state})`);
    return batch?.state === 'undone' ? 0 : 1;
  },
};

function refused(run: HomeRun, id: string, error: Refusal, json: boolean): number {
  const state = error.params['state'];
  const why =
    error.code === 'not-found'
      ? `there is no batch ${id}`
      : error.code === 'state-wrong'
        ? `it cannot be undone as it is (${state})`
        : error.code;
  if (json) run.out(jsonLine({ batch: id, refused: error.code, problems: error.problems }));
  run.err(`${id} stays: ${error.problems.length === 0 ? why : 'other things rest on it'}`);
  for (const problem of error.problems) run.err(`  ${problemText(problem, 'en')}`);
  return 1;
}

const rejectedUsage = 'import rejected BATCH --out FILE.csv|FILE.xlsx [--locale zh|en] [--json]';

export const rejectedCommand: Command = {
  words: 'import rejected',
  usage: rejectedUsage,
  help: 'Write the rejected rows of an import with their reasons, to be mended and imported again',
  needs: 'home',
  right: 'imports.run',
  run: async (run: HomeRun) => {
    const options = { out: { type: 'string' }, locale: { type: 'string', default: 'zh' } } as const;
    const { values, positionals } = read(run, options, { min: 1, max: 1, usage: rejectedUsage });
    const { out, locale } = values;
    if (out === undefined || !/\.(?:csv|xlsx)$/i.test(out))
      throw new UsageError(`--out FILE.csv or FILE.xlsx is missing\nusage: voxloop ${rejectedUsage}`);
    if (locale !== 'zh' && locale !== 'en') throw new UsageError(`--locale is zh or en, not "${locale}"`);
    const { ctx, viewer } = run;
    const batch = await batchSeenBy(ctx.db, viewer, positionals[0] ?? '');
    if (batch === undefined) throw new UsageError(`There is no batch ${positionals[0]}`);
    if (batch.member.id !== viewer.member && !may(viewer, 'voices.reveal'))
      throw new UsageError(`${viewer.name} may not see what others brought unmasked (voices.reveal)`);
    const file = await rejectedFile(ctx.db, batch, /\.csv$/i.test(out) ? 'csv' : 'xlsx', locale);
    const path = resolve(run.cwd, out);
    await writeAudit(ctx.db, {
      ctx,
      viewer,
      via: 'cli',
      action: 'import.rejected.file',
      subjectKind: 'batch',
      subjectId: batch.id,
      detail: { rows: batch.rejected },
    });
    await pipeline(Readable.from(file.bytes), createWriteStream(path, { mode: 0o600 }));
    run.out(values.json === true ? jsonLine({ batch: batch.id, rows: batch.rejected, file: path }) : `${batch.rejected} rows in ${path}`);
    return 0;
  },
};
