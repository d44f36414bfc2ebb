import { followWarehouse } from '../analyse/follow-warehouse.job.ts';
import { may } from '../model/may.ts';
import { memberNamed } from '../people/members.sql.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { evaluateRules } from '../warn/evaluate-rules.job.ts';
import type { Config } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { HomeHeldError } from '../platform/home-lock.client.ts';
import { type Command, type HomeRun, needsHome, type Run, UsageError } from './commands/command.ts';
import { commandFor } from './command-table.ts';
import { openHome } from './context.ts';
import type { CommandRequest, RunCommand, Say } from './control.client.ts';

const SETTLE_MS = 30 * 60_000;

/** Waits until everything committed is read, in the warehouse and looked at by the rules. */
export async function settle(ctx: Context): Promise<void> {
  ctx.jobs.nudge('understand.read');
  if (!(await ctx.jobs.idle(SETTLE_MS))) throw new Error('Jobs still run after half an hour; see `voxloop jobs`.');
  await followWarehouse(ctx);
  await evaluateRules(ctx);
}

/** Runs a command of the table in this process. Resolves with the exit code. */
export async function runCommand(config: Config, request: CommandRequest, say: Say): Promise<number> {
  const found = commandFor(withoutMember(request.argv).argv);
  if (found === null) {
    say({ err: `There is no command "${request.argv.slice(0, 2).join(' ')}"; voxloop --help lists them.` });
    return 2;
  }
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('interrupted')));
  if (!needsHome(found.command, found.rest))
    return speaking(say, () =>
      (found.command.run as (run: Run) => Promise<number>)(plainRun(request, found.rest, say, stop.signal, config)),
    );
  return speaking(say, () => runAlone(config, request, found.command, say, stop.signal));
}

async function runAlone(config: Config, request: CommandRequest, command: Command, say: Say, signal: AbortSignal): Promise<number> {
  const home = await openHome(config);
  try {
    if (command.works === true) await home.work();
    return (await runInHome(home.ctx)(request, say, signal)) ?? 2;
  } finally {
    await home.close();
  }
}

/** Runs commands in an open home; what a server offers on its control socket. Null: a command that needs no home. */
export function runInHome(ctx: Context): RunCommand {
  return (request, say, signal) => {
    const { member, argv } = withoutMember(request.argv);
    const found = commandFor(argv);
    if (found === null || !needsHome(found.command, found.rest)) return Promise.resolve(null);
    return speaking(say, async () => {
      const run = plainRun(request, found.rest, say, signal, ctx.config);
      const viewer = await memberNamed(ctx.db, member ?? 'operator');
      if (viewer === undefined)
        throw new UsageError(
          `There is no member "${member}"${argv[0] === 'import' ? ' (to say what a file carries: --as voices, customers or usage)' : ''}`,
        );
      const { right } = found.command;
      if (right === undefined || !may(viewer, right)) throw new UsageError(`${viewer.name} may not do this (${right ?? 'no right'})`);
      await writeAudit(ctx.db, {
        ctx,
        viewer,
        via: 'cli',
        action: `cli.${found.command.words.replace(' ', '.')}`,
        subjectKind: 'command',
        subjectId: found.command.words,
      });
      const homeRun: HomeRun = { ...run, ctx, viewer, settle: () => settle(ctx) };
      return (found.command.run as (run: HomeRun) => Promise<number>)(homeRun);
    });
  };
}

/** `--as MEMBER` for any command; `import --as voices|customers` is the import's own. */
function withoutMember(argv: readonly string[]): { member: string | null; argv: readonly string[] } {
  const at = argv.findIndex((word, i) => word === '--as' && !['voices', 'customers', 'usage'].includes(argv[i + 1] ?? ''));
  return at < 0 ? { member: null, argv } : { member: argv[at + 1] ?? '', argv: argv.toSpliced(at, 2) };
}

const plainRun = (request: CommandRequest, rest: readonly string[], say: Say, signal: AbortSignal, config: Config): Run => ({
  argv: rest,
  cwd: request.cwd,
  out: (line) => say({ out: line }),
  err: (line) => say({ err: line }),
  signal,
  config,
});

/** Usage errors are said and end with 2; a held home with 3; anything else is said and ends with 1. */
async function speaking(say: Say, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    say({ err: error instanceof Error ? error.message : String(error) });
    if (error instanceof UsageError) return 2;
    if (error instanceof HomeHeldError) return 3;
    return 1;
  }
}
