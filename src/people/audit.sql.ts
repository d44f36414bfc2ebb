import { type RawBuilder, sql } from 'kysely';
import { type AuditRow, type AuditSummary, NOTABLE, type Notable } from '../model/audit-views.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';

export interface AuditEntry {
  readonly ctx: Context;
  /** null: the system itself (a job). */
  readonly viewer: Pick<Viewer, 'member'> | null;
  readonly via: 'web' | 'cli' | 'job' | 'push';
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail?: object;
}

/** Writes one audit row. Pass the transaction that makes the change, so that both stand or fall together. */
export async function writeAudit(tx: Db, entry: AuditEntry): Promise<void> {
  const { ctx } = entry;
  const key = `${entry.action}:${entry.subjectKind}:${entry.subjectId}:${ctx.clock.now()}`;
  await sql`
    insert into audit (id, at, member_id, via, action, subject_kind, subject_id, detail)
    values (${ctx.ids.number('audit', key)}, ${ctx.clock.now()}, ${entry.viewer?.member ?? null}, ${entry.via},
      ${entry.action}, ${entry.subjectKind}, ${entry.subjectId}, ${JSON.stringify(entry.detail ?? {})}::jsonb)`.execute(tx);
}

export interface AuditFilter {
  readonly member?: string | undefined;
  readonly action?: string | undefined;
  readonly kind?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  readonly text?: string | undefined;
}

const given = (value: string | undefined, condition: (value: string) => RawBuilder<unknown>): RawBuilder<unknown> =>
  value === undefined || value === '' ? sql`true` : condition(value);

/** Words stand anywhere in the row, whatever their case. An action may be the name of a group of them (`NOTABLE`). */
function matches(filter: AuditFilter): RawBuilder<unknown> {
  return sql.join(
    [
      given(filter.member, (id) => sql`a.member_id = ${id}`),
      given(filter.action, (name) => sql`a.action = any(${actionsOf(name)}::text[])`),
      given(filter.kind, (kind) => sql`a.subject_kind = ${kind}`),
      given(filter.subject, (id) => sql`a.subject_id = ${id}`),
      given(filter.from, (at) => sql`a.at >= ${at}::timestamptz`),
      given(filter.before, (at) => sql`a.at < ${at}::timestamptz`),
      given(
        filter.text,
        (text) =>
          sql`strpos(lower(concat_ws(' ', a.action, a.subject_kind, a.subject_id, m.name, m.login, s.name, a.detail::text)), lower(${text})) > 0`,
      ),
    ],
    sql` and `,
  );
}

const actionsOf = (name: string): readonly string[] => (Object.hasOwn(ACTIONS, name) ? ACTIONS[name as Notable] : [name]);

/** A file of rejected rows is both: what it holds is not masked, and it leaves the house. */
const ACTIONS: Readonly<Record<Notable, readonly string[]>> = {
  revealed: ['voice.reveal', 'import.rejected.reveal', 'import.rejected.file'],
  exported: ['export', 'export.table', 'audit.export', 'import.rejected.file'],
  refused: ['sign-in-failed'],
  granted: [
    'member.add',
    'member.change',
    'member.reset',
    'member.sessions.end',
    'organisation.load',
    'sign-in.link',
    'token',
    'token.add',
    'unit.move',
  ],
};

const FROM = sql`audit a left join members m on m.id = a.member_id
  left join lateral (
    select name from members where a.subject_kind = 'member' and id = a.subject_id
    union all select name from org_units where a.subject_kind = 'unit' and id = a.subject_id
  ) s on true`;

/** Newest first; `beforeId` continues a page. */
export async function auditRows(db: Db, filter: AuditFilter, limit: number, beforeId: number | null): Promise<readonly AuditRow[]> {
  return rowsOf(
    db,
    sql<AuditRow>`
      select a.id, a.at, a.via, a.action, a.detail,
        case when m.id is null then null else jsonb_build_object('id', m.id, 'name', m.name) end as member,
        jsonb_build_object('kind', a.subject_kind, 'id', a.subject_id, 'name', s.name) as subject
      from ${FROM}
      where (${beforeId}::bigint is null or a.id < ${beforeId}::bigint) and ${matches(filter)}
      order by a.id desc limit ${limit}`,
  );
}

/** How many rows match, how many of them stand out, and what there is to choose from. */
export async function auditSummary(db: Db, filter: AuditFilter): Promise<AuditSummary> {
  const { action: _, ...whatever } = filter;
  const counts = await rowsOf(
    db,
    sql<{ action: string; rows: number; people: number }>`
      select a.action, count(*) as rows, count(distinct a.member_id) as people from ${FROM} where ${matches(whatever)} group by a.action`,
  );
  const notable = Object.fromEntries(
    await Promise.all(
      NOTABLE.map(async (name) => {
        const [row] = await rowsOf(
          db,
          sql<{ rows: number; people: number }>`
            select count(*) as rows, count(distinct a.member_id) as people from ${FROM} where ${matches({ ...whatever, action: name })}`,
        );
        return [name, row ?? { rows: 0, people: 0 }];
      }),
    ),
  ) as AuditSummary['notable'];
  const wanted = filter.action === undefined || filter.action === '' ? null : actionsOf(filter.action);
  const choices = async <T>(query: RawBuilder<T>): Promise<readonly T[]> => rowsOf(db, query);
  return {
    count: counts.filter((row) => wanted === null || wanted.includes(row.action)).reduce((sum, row) => sum + row.rows, 0),
    notable,
    actions: (await choices(sql<{ action: string }>`select distinct action from audit order by 1`)).map((row) => row.action),
    kinds: (await choices(sql<{ kind: string }>`select distinct subject_kind as kind from audit order by 1`)).map((row) => row.kind),
    members: await choices(
      sql<{ id: string; name: string }>`select id, name from members where id in (select distinct member_id from audit) order by name`,
    ),
  };
}
