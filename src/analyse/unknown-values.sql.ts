import { sql } from 'kysely';
import type { Filter } from '../model/question.ts';
import type { Viewer } from '../model/people.ts';
import { scopeOf } from '../model/scope.ts';
import type { Coded } from '../model/vocabulary.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { compileWhere } from './compile.ts';
import { binder } from './conditions.ts';
import { clusterNames, packNames } from './labels.sql.ts';
import { type CodedFilter, codedFilters, problemsOfUnknown } from './unknown-values.ts';
import { sourcesFor, unitsFor } from './vocabulary.sql.ts';

type Ctx = Pick<Context, 'db' | 'warehouse' | 'pack'>;

/**
 * Refuses a question that asks for a value which the vocabulary does not have and no voice in the viewer's scope says: its answer
 * would be a 0 that looks like good news. Values of an older content pack that voices still carry stay askable.
 */
export async function refuseUnknownValues(ctx: Ctx, viewer: Viewer, where: readonly Filter[]): Promise<void> {
  const problems = [];
  for (const filter of codedFilters(where)) {
    const known = await knownValues(ctx, viewer, filter);
    const codes = new Set(known.map((one) => one.code));
    const strange = filter.values.filter((value) => !codes.has(value));
    if (strange.length === 0) continue;
    const said = await saidValues(ctx, viewer, filter, strange);
    const unknown = strange.filter((value) => !said.has(value));
    problems.push(...problemsOfUnknown(filter, unknown, known));
  }
  if (problems.length > 0) throw new Refusal('question-invalid', {}, problems);
}

function knownValues(ctx: Ctx, viewer: Viewer, { dimension }: CodedFilter): Promise<readonly Coded[]> | readonly Coded[] {
  switch (dimension.labels) {
    case null:
      return [];
    case 'regions':
      return regionsOf(ctx, viewer, dimension.name);
    case 'units':
      return unitsFor(ctx, viewer);
    case 'sources':
      return sourcesFor(ctx, viewer);
    case 'clusters':
      return clusterNames(ctx.db, null);
    case 'categories':
      return ctx.pack.categories.filter(({ code, cell }) =>
        dimension.name === 'category' ? cell !== undefined : code.split('/').length === Number(dimension.name.slice(-1)),
      );
    default:
      return packNames(ctx.pack, dimension.labels);
  }
}

async function regionsOf(ctx: Ctx, viewer: Viewer, level: string): Promise<readonly Coded[]> {
  const all = viewer.scope === 'province';
  const rows = await rowsOf(
    ctx.db,
    sql<{ code: string; name: string; name_en: string }>`
    select code, name, name_en from regions where level = ${level} and (${all} or city = ${viewer.city} or code = ${viewer.city})`,
  );
  return rows.map((row) => ({ code: row.code, names: { zh: row.name, en: row.name_en } }));
}

/** Which of these values voices in scope carry. */
async function saidValues(ctx: Ctx, viewer: Viewer, filter: CodedFilter, values: readonly string[]): Promise<ReadonlySet<string>> {
  const { dialect } = ctx.warehouse;
  const bound = binder(dialect);
  const field = filter.dimension.name;
  const where = compileWhere([{ field, in: values }], scopeOf(viewer), dialect, bound);
  if (where.kind === 'problems' || filter.dimension.ref.kind !== 'column') return new Set();
  const rows = await ctx.warehouse.select(
    `select distinct ${filter.dimension.ref.column} as v from voice_rows where ${where.sql}`,
    bound.params,
  );
  return new Set(rows.map((row) => String(row['v'])));
}
