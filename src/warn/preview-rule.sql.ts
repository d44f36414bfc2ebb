import { sql } from 'kysely';
import type { RuleDraft, WarningRule } from '../model/alarm.ts';
import type { RulePreview } from '../model/alarm-views.ts';
import type { Viewer } from '../model/people.ts';
import { scopeOf } from '../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../people/scope.sql.ts';
import type { Context } from '../platform/context.ts';
import { inTransaction } from '../platform/postgres/db.ts';
import { placesOf } from './alarm-rows.sql.ts';
import { limitsOf } from './bring-up-to-date.sql.ts';
import { entityNames } from './entity-names.sql.ts';
import { recipientsOf } from './recipients.sql.ts';
import { type Firing, firingsOf, loadedFor, previewSpan, weeksOf } from './rule-preview.ts';
import { checkDraft } from './rules.sql.ts';
import { saidAtsOf } from './said-ats.sql.ts';

const LARGEST = 3;
const NO_NAME = { zh: '–', en: '–' };
const text = (ms: number): string => new Date(ms).toISOString();

/** What the rule would have done in the last thirty days, as its evaluation finds breaches, among the voices that the viewer sees. Writes nothing. */
export async function previewRule(ctx: Context, viewer: Viewer, draft: RuleDraft): Promise<RulePreview> {
  // A rule is tried before it has a name.
  checkDraft(ctx, viewer, { ...draft, names: NO_NAME }, null);
  const scope = scopeOf(viewer);
  const rule: WarningRule = { ...draft, id: 'preview' as WarningRule['id'], version: 0 };
  const limits = limitsOf(rule);
  const span = previewSpan(ctx.clock.nowMs());
  return inTransaction(ctx.db, async (tx) => {
    // As for a rule that looks at all voices: nested loops over hundreds of thousands of them cost ten times what hashing costs.
    await sql`set local enable_nestloop = off`.execute(tx);
    const part = { kind: 'all', span: loadedFor(span, limits) } as const;
    const entities = await saidAtsOf(tx, rule, ctx.config.timeZone, part, [], scopeSql(scope, VOICE_SCOPE));
    await sql`set local enable_nestloop = on`.execute(tx);
    const firings = firingsOf(entities, limits, span);
    const values = [...new Set(firings.map(({ value }) => value))];
    const told = new Set<string>();
    for (const place of await placesOf(tx, rule.dimension, values))
      for (const { email } of await recipientsOf(tx, rule, place)) told.add(email);
    const largest = firings.slice(0, LARGEST);
    const nameOf = await entityNames(
      tx,
      ctx.pack,
      largest.map(({ value }) => ({ dimension: rule.dimension, value })),
    );
    const shown = (one: Firing) => {
      const entity = { dimension: rule.dimension, value: one.value };
      const said = { field: 'said_at', from: text(one.windowFromMs), before: text(one.lastSaidMs + 1) };
      return {
        entity: { ...entity, names: nameOf(entity) },
        fired_at: text(one.firedMs),
        voices: one.voices,
        where: [...rule.where, { field: rule.dimension, in: [one.value] }, said],
      };
    };
    return {
      from: text(span.fromMs),
      before: text(span.beforeMs),
      fired: firings.length,
      entities: values.length,
      weeks: weeksOf(firings, span).map(({ fromMs, beforeMs, fired }) => ({ from: text(fromMs), before: text(beforeMs), fired })),
      largest: largest.map(shown),
      recipients: [...told].map(masked).toSorted(),
      complete: scope.kind === 'all',
    };
  });
}

/** The first letter and the domain, as in an alarm's list of who was told. */
const masked = (email: string): string => email.replace(/^(.)[^@]*@/, '$1***@');
