import { sql } from 'kysely';
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

export interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly via: string;
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly detail: unknown;
}

/** Newest first; `beforeId` continues a page. */
export async function auditRows(db: Db, limit: number, beforeId: number | null): Promise<readonly AuditRow[]> {
  return rowsOf(
    db,
    sql<AuditRow>`
      select a.id, a.at, a.via, a.action, a.detail,
        case when m.id is null then null else jsonb_build_object('id', m.id, 'name', m.name) end as member,
        jsonb_build_object('kind', a.subject_kind, 'id', a.subject_id) as subject
      from audit a left join members m on m.id = a.member_id
      where ${beforeId}::bigint is null or a.id < ${beforeId}::bigint
      order by a.id desc limit ${limit}`,
  );
}
