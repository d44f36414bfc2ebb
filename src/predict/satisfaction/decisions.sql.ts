import { sql } from 'kysely';
import { z } from 'zod';
import type { Viewer } from '../../model/people.ts';
import type { Problem } from '../../model/problem.ts';
import { type Survey } from '../../model/survey.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf } from '../../platform/postgres/db.ts';

/** What people decided about the mapping; each kind has a body of its own. */
export const decisionSchema = z.discriminatedUnion('kind', [
  /** Subject: a category. `item` null: no survey item asks about it. */
  z.strictObject({ kind: z.literal('match'), subject: z.string().max(200), item: z.string().max(100).nullable() }),
  /** Subject: a service item. `weights` null: learned again. */
  z.strictObject({
    kind: z.literal('weights'),
    subject: z.string().max(100),
    weights: z.record(z.string(), z.number().min(0).max(1)).nullable(),
    reason: z.string().min(1).max(500),
  }),
  /** Subject: a category that no item asks about. */
  z.strictObject({
    kind: z.literal('question'),
    subject: z.string().max(200),
    state: z.enum(['kept', 'dropped']),
    question: z.strictObject({ zh: z.string().min(1).max(300), en: z.string().min(1).max(300) }),
  }),
]);
export type Decision = z.infer<typeof decisionSchema>;
export type StoredDecision = Decision & { readonly version: number };

interface Row {
  readonly kind: Decision['kind'];
  readonly subject: string;
  readonly body: object;
  readonly version: number;
}

export async function decisionsOf(db: Db): Promise<readonly StoredDecision[]> {
  const rows = await rowsOf(db, sql<Row>`select kind, subject, body, version from survey_decisions order by kind, subject`);
  return rows.map(({ kind, subject, body, version }) => ({ kind, subject, ...body, version }) as StoredDecision);
}

/** Writes a decision over the version that was seen (0: none yet), and what it was into the audit. */
export function decide(ctx: Context, viewer: Viewer, decision: Decision, seen: number): Promise<{ readonly version: number }> {
  const problems = decisionProblems(decision, ctx.pack.survey);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  return inTransaction(ctx.db, async (tx) => {
    const { kind, subject, ...body } = decision;
    const before = await rowOf(
      tx,
      sql<Row>`select kind, subject, body, version from survey_decisions where kind = ${kind} and subject = ${subject} for update`,
    );
    if ((before?.version ?? 0) !== seen) throw new Refusal('stale-version', { version: before?.version ?? 0 });
    const after = await rowOf(
      tx,
      sql<{ version: number }>`
      insert into survey_decisions (kind, subject, body, version, decided_at, decided_by)
      values (${kind}, ${subject}, ${JSON.stringify(body)}::jsonb, 1, ${ctx.clock.now()}, ${viewer.member})
      on conflict (kind, subject) do update set body = excluded.body, version = survey_decisions.version + 1, decided_at = excluded.decided_at,
        decided_by = excluded.decided_by
      where survey_decisions.version = ${seen}
      returning version`,
    );
    if (after === undefined) throw new Refusal('stale-version', { version: seen + 1 });
    const detail = { decision: kind, before: before?.body ?? null, after: body };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'survey.decide', subjectKind: 'survey', subjectId: subject, detail });
    return after;
  });
}

function decisionProblems(decision: Decision, survey: Survey | undefined): readonly Problem[] {
  const unknown = (column: string, value: string, known: readonly string[]): Problem => ({
    code: 'value-unknown',
    column,
    params: { name: column, value, near: known.slice(0, 5).join(', ') },
  });
  const points = survey?.services.flatMap((service) => service.points.map((point) => point.category)) ?? [];
  const items = survey?.items.map((item) => item.code) ?? [];
  const services = survey?.services.map((service) => service.code) ?? [];
  const point = (code: string): readonly Problem[] => (points.includes(code) ? [] : [unknown('subject', code, points)]);
  switch (decision.kind) {
    case 'match':
      return [
        ...point(decision.subject),
        ...(decision.item === null || items.includes(decision.item) ? [] : [unknown('item', decision.item, items)]),
      ];
    case 'question':
      return point(decision.subject);
    case 'weights': {
      const service = survey?.services.find((one) => one.code === decision.subject);
      if (service === undefined) return [unknown('subject', decision.subject, services)];
      return weightProblems(
        decision.weights,
        service.points.map((point) => point.category),
      );
    }
  }
}

/** Weights are those of the item's own points, all of them, and add up to 1 (to half a hundredth). */
function weightProblems(weights: Readonly<Record<string, number>> | null, points: readonly string[]): readonly Problem[] {
  if (weights === null) return [];
  const missing = points.filter((point) => weights[point] === undefined);
  const foreign = Object.keys(weights).filter((key) => !points.includes(key));
  const sum = Object.values(weights).reduce((all, weight) => all + weight, 0);
  return [
    ...missing.map((point): Problem => ({ code: 'field-required', column: `weights.${point}` })),
    ...foreign.map((key): Problem => ({
      code: 'value-unknown',
      column: `weights.${key}`,
      params: { name: 'weights', value: key, near: points.slice(0, 5).join(', ') },
    })),
    ...(Math.abs(sum - 1) > 0.005
      ? [{ code: 'field-invalid' as const, column: 'weights', params: { name: `weights: ${sum.toFixed(3)} ≠ 1` } }]
      : []),
  ];
}
