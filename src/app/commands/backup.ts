import { resolve } from 'node:path';
import { writeAudit } from '../../people/audit.sql.ts';
import { rowsIn } from '../../platform/backup/archive.ts';
import { backupsOf } from '../backup/backups.sql.ts';
import { makeBackup } from '../backup/make-backup.client.ts';
import { checkRestore, restoreHome } from '../backup/restore.client.ts';
import { type Command, type HomeRun, type Run, UsageError, jsonLine, read } from './command.ts';

const megabytes = (bytes: number | null): string => (bytes === null ? '–' : `${(bytes / 1e6).toFixed(1)} MB`);
const HOW = { restored: 'restored for a trial, every promise checked', read: 'read again, every byte and count' } as const;

const backupUsage = 'backup [--to DIR|FILE] [--json]';
export const backupCommand: Command = {
  words: 'backup',
  usage: backupUsage,
  help: 'Copy everything that is truth into one file, and open the copy',
  needs: 'home',
  right: 'system.operate',
  run: async (run: HomeRun) => {
    const { values } = read(run, { to: { type: 'string' } }, { min: 0, max: 0, usage: backupUsage });
    const to = values.to === undefined ? undefined : `${resolve(run.cwd, values.to)}${values.to.endsWith('/') ? '/' : ''}`;
    const { ctx, viewer } = run;
    const row = await makeBackup(ctx, { reason: 'asked', ...(to === undefined ? {} : { to }), signal: run.signal });
    await writeAudit(ctx.db, {
      ctx,
      viewer,
      via: 'cli',
      action: 'backup.make',
      subjectKind: 'backup',
      subjectId: row.id,
      detail: { file: row.file },
    });
    if (row.error !== null) run.err(row.error);
    if (values.json === true) run.out(jsonLine(row));
    else
      run.out(
        `${row.file}  ${megabytes(row.bytes)}, ${row.voices} voices, ${row.rows} rows; ${row.verified === null ? '' : HOW[row.verified]}`,
      );
    return 0;
  },
};

export const backupsCommand: Command = {
  words: 'backups',
  usage: 'backups [--json]',
  help: 'List backups: when, how large, verified how',
  needs: 'home',
  right: 'system.operate',
  run: async (run: HomeRun) => {
    const { values } = read(run, {}, { min: 0, max: 0, usage: 'backups [--json]' });
    const rows = await backupsOf(run.ctx.db);
    if (values.json === true) run.out(jsonLine(rows));
    else if (rows.length === 0) run.out('There is no backup yet; voxloop backup makes one.');
    else
      for (const row of rows) {
        const end = row.state === 'done' ? `${megabytes(row.bytes)}  ${row.verified ?? 'not verified'}` : (row.error ?? row.state);
        run.out(
          `${row.started_at}  ${row.reason.padEnd(14)}  ${row.state.padEnd(7)}  ${end}  ${row.removed_at === null ? row.file : '(removed)'}`,
        );
      }
    return 0;
  },
};

const restoreUsage = 'restore FILE [--dry-run] [--into HOME] [--json]';
export const restoreCommand: Command = {
  words: 'restore',
  usage: restoreUsage,
  help: 'Make a home out of a backup; never over one that holds anything',
  needs: 'none',
  run: async (run: Run) => {
    const options = { 'dry-run': { type: 'boolean' }, into: { type: 'string' } } as const;
    const { positionals, values } = read(run, options, { min: 1, max: 1, usage: restoreUsage });
    const config = values.into === undefined ? run.config : { ...run.config, home: resolve(run.cwd, values.into) };
    const file = resolve(run.cwd, positionals[0] ?? '');
    if (positionals[0] === undefined) throw new UsageError(`usage: voxloop ${restoreUsage}`);
    if (values['dry-run'] === true) {
      const { head, manifest, bytes } = await checkRestore(config, file);
      const told = { made_at: head.created_at, version: head.version, level: head.migrations.at(-1)?.name, bytes, rows: rowsIn(manifest) };
      if (values.json === true) run.out(jsonLine({ ...told, into: config.home }));
      else
        run.out(
          `Whole and usable: made ${told.made_at} by Voxloop ${told.version} (${told.level}), ${told.rows} rows. It would go into ${config.home}.`,
        );
      return 0;
    }
    const restored = await restoreHome(config, file, (text) => (values.json === true ? undefined : run.out(text)));
    if (values.json === true) run.out(jsonLine(restored));
    else {
      for (const check of restored.checks) run.out(`${check.ok ? 'ok    ' : 'BROKEN'}  ${check.id}  ${check.name}`);
      run.out(
        `${config.home} holds ${restored.voices} voices as of ${restored.made_at}. Everybody signs in anew; programs need new tokens.`,
      );
    }
    if (!restored.ok) run.err(restored.checks.flatMap((check) => check.problems).join('\n'));
    return restored.ok ? 0 : 1;
  },
};
