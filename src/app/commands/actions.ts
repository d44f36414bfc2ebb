import { resolve } from 'node:path';
import { readInWorker } from '../../ingest/files/read-in-worker.client.ts';
import { UnreadableFile } from '../../ingest/files/records.ts';
import { addActions } from '../../ingest/handling-actions.sql.ts';
import { readWhen } from '../../ingest/when.ts';
import { problemText } from '../../model/problem-texts.ts';
import { voicesNamed } from '../../predict/models/actions.sql.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { type Command, type HomeRun, UsageError, jsonLine, read } from './command.ts';

const usage = 'actions import FILE [--json]';

const TITLES: Readonly<Record<'voice' | 'customer' | 'at' | 'kind', readonly string[]>> = {
  voice: ['声音编号', '编号', 'voice', 'id'],
  customer: ['客户编号', '客户', 'customer'],
  at: ['时间', 'at', 'time'],
  kind: ['动作', '处理动作', 'action', 'kind'],
};
type Field = keyof typeof TITLES;

export const actionsImportCommand: Command = {
  words: 'actions import',
  usage,
  help: 'Take in what was done about grievances: columns 声音编号 (voice), 客户编号 (customer), 时间 (time), 动作 (action)',
  needs: 'home',
  right: 'imports.run',
  run: async (run: HomeRun) => {
    const { positionals } = read(run, {}, { min: 1, max: 1, usage });
    run.out(jsonLine(await importActions(run, resolve(run.cwd, positionals[0] ?? ''))));
    return 0;
  },
};

interface Told {
  readonly rows: number;
  readonly added: number;
  readonly known: number;
  readonly problems: readonly { readonly problem: string; readonly rows: number; readonly first: number }[];
}

export async function importActions({ ctx, viewer }: Pick<HomeRun, 'ctx' | 'viewer'>, path: string): Promise<Told> {
  const kinds = new Map(
    ctx.pack.handling_actions.flatMap(({ code, names, words }) =>
      [code, names.zh, names.en, ...words].map((word) => [word.toLowerCase(), code] as const),
    ),
  );
  const problems = new Map<string, { rows: number; first: number }>();
  const wrong = (problem: string, row: number): void => {
    const known = problems.get(problem) ?? { rows: 0, first: row };
    problems.set(problem, { rows: known.rows + 1, first: known.first });
  };
  let [rows, added, matched] = [0, 0, 0];
  try {
    for await (const batch of readInWorker(path)) {
      const places = placesOf(batch.columns);
      const parsed = batch.records.flatMap(({ row, cells }) => {
        rows++;
        const cell = (field: Field): string => cells[places[field]]?.trim() ?? '';
        const kind = kinds.get(cell('kind').toLowerCase());
        const when = readWhen(cell('at'), { zone: ctx.config.timeZone });
        if (kind === undefined) wrong(`action "${cell('kind')}" is none of the pack's: ${[...new Set(kinds.values())].join(', ')}`, row);
        if (when.kind === 'unreadable') wrong('the time cannot be read; write 2026-03-01 14:20', row);
        return kind === undefined || when.kind === 'unreadable'
          ? []
          : [{ row, outside: cell('voice'), customer: cell('customer'), kind, at: when.instant }];
      });
      const found = new Map((await voicesNamed(ctx.db, parsed)).map((one) => [`${one.outside}\n${one.customer}`, one]));
      const actions = parsed.flatMap(({ row, outside, customer, kind, at }) => {
        const voice = found.get(`${outside}\n${customer}`);
        if (voice === undefined) wrong('there is no voice of this number and customer; import the voices first', row);
        else if (at < voice.said_at) wrong('the action comes before the grievance; check the time', row);
        else return [{ voice: voice.voice, kind, at }];
        return [];
      });
      matched += actions.length;
      added += await inTransaction(ctx.db, (tx) => addActions(tx, actions, { member: viewer.member, now: ctx.clock.now() }));
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`${path}: ${problemText(error.problem, 'en')}`);
    throw error;
  }
  return { rows, added, known: matched - added, problems: [...problems].map(([problem, of]) => ({ problem, ...of })) };
}

function placesOf(columns: readonly string[]): Readonly<Record<Field, number>> {
  const place = (field: Field): number => columns.findIndex((title) => TITLES[field].includes(title.trim().toLowerCase()));
  const places = { voice: place('voice'), customer: place('customer'), at: place('at'), kind: place('kind') };
  const missing = (Object.keys(places) as Field[]).filter((field) => places[field] < 0);
  if (missing.length > 0)
    throw new UsageError(
      `the file has no column for ${missing.map((field) => `${field} (${TITLES[field].join(', ')})`).join(' and ')}; it has ${columns.join(', ')}`,
    );
  return places;
}
