import { sql } from 'kysely';
import type { Names } from '../model/question.ts';
import { may } from '../model/may.ts';
import type { Viewer } from '../model/people.ts';
import { TEMPERAMENTS, USAGE_GROUPS } from '../model/segment.ts';
import type { Coded, Vocabulary } from '../model/vocabulary.ts';
import { type ScopeFilter, scopeOf } from '../model/scope.ts';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { binder, printConditions, scopeConditions } from './conditions.ts';
import { CHANNELS_NAMED, FEELINGS_NAMED, KINDS, segmentsNamed, sourceNames } from './names.ts';
import { clusterNames } from './labels.sql.ts';
import { MEASURES } from './measures.ts';
import { DIMENSIONS } from './vocabulary.ts';
import { wordsOfRows } from './words-of-rows.client.ts';

/** The words that a question may use. What comes from data (sources, regions, attributes) only as far as the viewer sees. */
export async function vocabularyFor(ctx: Pick<Context, 'db' | 'warehouse' | 'pack'>, viewer: Viewer): Promise<Vocabulary> {
  const { pack } = ctx;
  const [ofRows, regions, units] = await Promise.all([
    wordsOfRows(ctx, may(viewer, 'voices.read') ? scopeOf(viewer) : { kind: 'none' }),
    regionsFor(ctx, viewer),
    unitsFor(ctx, viewer),
  ]);
  return {
    measures: MEASURES,
    dimensions: DIMENSIONS.map(({ name, names, group }) => ({ name, names, group })),
    categories: pack.categories.map((c) => ({
      code: c.code,
      names: c.names,
      stage: c.stage ?? null,
      cell: c.cell ?? null,
      parent: c.code.includes('/') ? c.code.slice(0, c.code.lastIndexOf('/')) : null,
    })),
    departments: pack.departments,
    stages: pack.stages,
    businesses: pack.business_types,
    supports: pack.support_systems,
    bearers: pack.bearer_networks,
    products: pack.products,
    kinds: KINDS,
    channels: CHANNELS_NAMED,
    feelings: FEELINGS_NAMED,
    segments: segmentsNamed(pack.segments),
    temperaments: segmentsNamed(TEMPERAMENTS),
    clusters: await clusterNames(ctx.db, null),
    usage_groups: segmentsNamed(USAGE_GROUPS),
    actions: pack.handling_actions.map(({ code, names }) => ({ code, names })),
    sources: await sourcesNamed(ctx, ofRows.sources),
    regions,
    units,
    attributes: ofRows.attributes,
  };
}

/** The sources of the viewer's own rows. */
export async function sourcesFor(ctx: Pick<Context, 'db' | 'warehouse'>, viewer: Viewer): Promise<readonly Coded[]> {
  const { sources } = await wordsOfRows(ctx, may(viewer, 'voices.read') ? scopeOf(viewer) : { kind: 'none' });
  return sourcesNamed(ctx, sources);
}

async function sourcesNamed(ctx: Pick<Context, 'db'>, ids: readonly string[]): Promise<readonly Coded[]> {
  if (ids.length === 0) return [];
  const rows = await rowsOf(
    ctx.db,
    sql<{ id: string; name: string }>`select id, name from sources where id = any(${ids}::text[]) order by id`,
  );
  return rows.map((row) => ({ code: row.id, names: sourceNames(row.name) }));
}

interface PlaceRow {
  readonly code: string;
  readonly parent: string | null;
  readonly level: string;
  readonly name: string;
  readonly name_en: string;
}
const named = (row: PlaceRow): { code: string; parent: string | null; level: string; names: Names } => ({
  code: row.code,
  parent: row.parent,
  level: row.level,
  names: { zh: row.name, en: row.name_en },
});

/** The viewer's city, and the places that voices in scope name: a hotline hears from everywhere. */
async function regionsFor(ctx: Pick<Context, 'db' | 'warehouse'>, viewer: Viewer): Promise<Vocabulary['regions']> {
  const all = viewer.scope === 'province';
  const said = all || viewer.scope === 'city' || !may(viewer, 'voices.read') ? [] : await placesSaid(ctx, scopeOf(viewer));
  const rows = await rowsOf(
    ctx.db,
    sql<PlaceRow>`
    select code, parent, level, name, name_en from regions
    where level <> 'cell' and (${all} or level = 'province' or city = ${viewer.city} or code = ${viewer.city} or code = any(${said}::text[]))
    order by code`,
  );
  return rows.map(named);
}

async function placesSaid(ctx: Pick<Context, 'warehouse'>, scope: ScopeFilter): Promise<readonly string[]> {
  const { dialect } = ctx.warehouse;
  const values = binder(dialect);
  const where = printConditions(scopeConditions(scope), dialect, values.bind);
  const rows = await ctx.warehouse.select(
    `select distinct city, district, community from voice_rows where ${where} limit 20000`,
    values.params,
  );
  return [...new Set(rows.flatMap((row) => [row['city'], row['district'], row['community']]).filter((code) => typeof code === 'string'))];
}

export async function unitsFor(ctx: Pick<Context, 'db'>, viewer: Viewer): Promise<Vocabulary['units']> {
  const all = viewer.scope === 'province';
  const rows = await rowsOf(
    ctx.db,
    sql<PlaceRow>`
    select id as code, parent_id as parent, level, name, name_en from org_units
    where ${all} or city is null or city = ${viewer.city} order by path`,
  );
  return rows.map((row) => ({ code: row.code, parent: row.parent, names: named(row).names }));
}
