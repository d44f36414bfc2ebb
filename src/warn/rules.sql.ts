import { sql } from 'kysely';
import type { RuleDraft, WarningRule } from '../model/alarm.ts';
import type { Viewer } from '../model/people.ts';
import type { Problem } from '../model/problem.ts';
import { writeAudit } from '../people/audit.sql.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { refuseOutsiders } from './recipients.sql.ts';
import { isRedefined, mayWriteRule, ruleProblems } from './rule-draft.ts';

/** A rule with what the evaluation keeps about it. */
export interface StoredRule extends WarningRule {
  readonly definition: number;
  readonly evaluated: number;
  /** Brought by the pack, and never written by anybody since. */
  readonly fromPack: boolean;
  readonly updatedAt: string;
}

const COLUMNS = sql`
  id, version, definition, evaluated, jsonb_build_object('zh', name_zh, 'en', name_en) as names, dimension, conditions as "where",
  window_minutes as "windowMinutes", threshold, hold_minutes as "holdMinutes", department, severity, recipients, enabled, updated_at as "updatedAt",
  updated_by is null as "fromPack"`;

export function rulesOf(db: Db): Promise<readonly StoredRule[]> {
  return rowsOf(db, sql<StoredRule>`select ${COLUMNS} from rules order by id`);
}

/** Brings in the pack's rules that are not there yet; those that people changed stay as they are. */
export async function seedRules(tx: Db, ctx: Context): Promise<void> {
  for (const rule of ctx.pack.warning_rules) {
    await sql`
      insert into rules (id, name_zh, name_en, dimension, conditions, window_minutes, threshold, hold_minutes, department, severity, updated_at)
      values (${rule.id}, ${rule.names.zh}, ${rule.names.en}, ${rule.dimension}, ${JSON.stringify(rule.where)}::jsonb, ${rule.window_minutes},
        ${rule.threshold}, ${rule.hold_minutes}, ${rule.department}, ${rule.severity}, ${ctx.clock.now()})
      on conflict (id) do nothing`.execute(tx);
  }
}

export function createRule(ctx: Context, viewer: Viewer, draft: RuleDraft): Promise<StoredRule> {
  return inTransaction(ctx.db, async (tx) => {
    checkDraft(ctx, viewer, draft, null);
    await refuseOutsiders(tx, viewer, draft, []);
    const id = draft.id ?? ctx.ids.text('rule', `${draft.names.zh}:${ctx.clock.now()}`);
    const made = await rowOf(
      tx,
      sql<StoredRule>`
      insert into rules (id, name_zh, name_en, dimension, conditions, window_minutes, threshold, hold_minutes, department, severity, recipients,
        enabled, updated_at, updated_by)
      values (${id}, ${draft.names.zh}, ${draft.names.en}, ${draft.dimension}, ${JSON.stringify(draft.where)}::jsonb, ${draft.windowMinutes},
        ${draft.threshold}, ${draft.holdMinutes}, ${draft.department}, ${draft.severity}, ${draft.recipients}, ${draft.enabled}, ${ctx.clock.now()},
        ${viewer.member})
      on conflict (id) do nothing returning ${COLUMNS}`,
    );
    if (made === undefined) throw new Refusal('conflict', { id });
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'rule.create', subjectKind: 'rule', subjectId: id, detail: draft });
    return made;
  });
}

/** Writes the whole rule. Only an edit that changes which breaches there are makes a new definition; switching on evaluates anew. */
export function changeRule(ctx: Context, viewer: Viewer, id: string, draft: RuleDraft, version: number | undefined): Promise<StoredRule> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await rowOf(tx, sql<StoredRule>`select ${COLUMNS} from rules where id = ${id} for update`);
    if (before === undefined) throw new Refusal('not-found');
    if (version === undefined) throw new Refusal('version-required');
    checkDraft(ctx, viewer, draft, before);
    await refuseOutsiders(tx, viewer, draft, before.recipients);
    if (version !== before.version) throw new Refusal('stale-version', { version: before.version });
    const redefined = isRedefined(before, draft);
    const anew = redefined || (draft.enabled && !before.enabled);
    const after = await rowOf(
      tx,
      sql<StoredRule>`
      update rules set version = version + 1, definition = definition + ${redefined ? 1 : 0}, evaluated = case when ${anew} then 0 else evaluated end,
        name_zh = ${draft.names.zh}, name_en = ${draft.names.en}, dimension = ${draft.dimension}, conditions = ${JSON.stringify(draft.where)}::jsonb,
        window_minutes = ${draft.windowMinutes}, threshold = ${draft.threshold}, hold_minutes = ${draft.holdMinutes}, department = ${draft.department},
        severity = ${draft.severity}, recipients = ${draft.recipients}, enabled = ${draft.enabled}, updated_at = ${ctx.clock.now()},
        updated_by = ${viewer.member}
      where id = ${id} returning ${COLUMNS}`,
    );
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'rule.change',
      subjectKind: 'rule',
      subjectId: id,
      detail: { before, after: draft },
    });
    return after!;
  });
}

/** Whether the viewer may write such a rule, and whether it is one. */
export function checkDraft(ctx: Context, viewer: Viewer, draft: RuleDraft, before: StoredRule | null): void {
  const departments = before === null ? [draft.department] : [before.department, draft.department];
  if (!departments.every((department) => mayWriteRule(viewer, department))) throw new Refusal('not-allowed', { right: 'rules.write' });
  const problems: readonly Problem[] = ruleProblems(draft, ctx.pack);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
}
