import { sql } from 'kysely';
import {
  type CostOfKind,
  type Expectation,
  type HandlingChange,
  handlingKey,
  type HandlingView,
  NO_HANDLING,
  type Strategy,
  type Versioned,
} from '../../model/handling.ts';
import type { Pack } from '../../model/pack.ts';
import type { Viewer } from '../../model/people.ts';
import { segmentsOfLines } from '../../model/segment.ts';
import type { Problem } from '../../model/problem.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf } from '../../platform/postgres/db.ts';

interface Line {
  readonly kind: HandlingChange['kind'];
  readonly key: string;
  readonly version: number;
  readonly value: unknown;
}

/** What the pack says, with the newest version of every line that people changed or added. */
export async function handlingNow(ctx: Pick<Context, 'db' | 'pack'>): Promise<HandlingView> {
  const pack = ctx.pack.handling ?? NO_HANDLING;
  const lines = await rowsOf(
    ctx.db,
    sql<Line>`select distinct on (kind, key) kind, key, version, value from handling_lines order by kind, key, version desc`,
  );
  const over = <T>(kind: Line['kind'], listed: readonly T[], keyOf: (one: T) => string): readonly (T & Versioned)[] => {
    const own = lines.filter((line) => line.kind === kind);
    const kept = listed.map((one) => {
      const line = own.find(({ key }) => key === keyOf(one));
      return line === undefined ? { ...one, version: 0 } : { ...(line.value as T), version: line.version };
    });
    const keys = new Set(listed.map(keyOf));
    return [...kept, ...own.filter(({ key }) => !keys.has(key)).map((line) => ({ ...(line.value as T), version: line.version }))];
  };
  return {
    expectations: over('expectation', pack.expectations, (value: Expectation) => handlingKey({ kind: 'expectation', value })),
    high_tiers: pack.high_tiers,
    low_tiers: pack.low_tiers,
    strategies: over('strategy', pack.strategies, (value: Strategy) => handlingKey({ kind: 'strategy', value })),
    chains: pack.chains,
    costs: over('cost', pack.costs, (value: CostOfKind) => handlingKey({ kind: 'cost', value })),
  };
}

/** Writes the next version of a line over the one that was seen (0: the pack's, or a new line). */
export function changeHandling(
  ctx: Context,
  viewer: Viewer,
  change: HandlingChange,
  seen: number,
  reason: string,
): Promise<{ readonly version: number }> {
  const problems = changeProblems(change, ctx.pack);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  const key = handlingKey(change);
  return inTransaction(ctx.db, async (tx) => {
    const before = await newest(tx, change.kind, key);
    if ((before?.version ?? 0) !== seen) throw new Refusal('stale-version', { version: before?.version ?? 0 });
    const made = await rowOf(
      tx,
      sql<{ version: number }>`
      insert into handling_lines (kind, key, version, value, reason, changed_at, changed_by)
      values (${change.kind}, ${key}, ${seen + 1}, ${JSON.stringify(change.value)}::jsonb, ${reason}, ${ctx.clock.now()}, ${viewer.member})
      on conflict do nothing returning version`,
    );
    if (made === undefined) throw new Refusal('stale-version', { version: seen + 1 });
    const detail = { line: change.kind, reason, before: before?.value ?? null, after: change.value };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'handling.change', subjectKind: 'handling', subjectId: key, detail });
    return made;
  });
}

const newest = (db: Db, kind: string, key: string): Promise<Line | undefined> =>
  rowOf(
    db,
    sql<Line>`select kind, key, version, value from handling_lines where kind = ${kind} and key = ${key} order by version desc limit 1`,
  );

function changeProblems(change: HandlingChange, pack: Pack): readonly Problem[] {
  const known = (column: string, value: string, codes: readonly string[]): readonly Problem[] =>
    codes.includes(value) ? [] : [{ code: 'value-unknown', column, params: { name: column, value, near: codes.slice(0, 5).join(', ') } }];
  switch (change.kind) {
    case 'expectation': {
      const { pain, segment, department } = change.value;
      const codes = (list: readonly { readonly code: string }[]): readonly string[] => list.map((one) => one.code);
      return [
        ...known('pain', pain, codes(pack.categories)),
        ...known('department', department, codes(pack.departments)),
        ...(segment === null ? [] : known('segment', segment, segmentsOfLines(pack.segments))),
      ];
    }
    case 'strategy':
      return [];
    case 'cost': {
      const { unit_cost, low, high } = change.value;
      return low <= unit_cost && unit_cost <= high
        ? []
        : [{ code: 'value-out-of-range', column: 'unit_cost', params: { min: low, max: high } }];
    }
  }
}
