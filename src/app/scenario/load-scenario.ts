import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { addSpecialist } from '../../act/peaks/specialists.sql.ts';
import { countCauses } from '../../predict/levels/grade-grievances.job.ts';
import { refreshQueue } from '../../act/peaks/refresh-queue.job.ts';
import { mappingSchema } from '../../ingest/mapping/mapping.ts';
import { CARRIES } from '../../model/import-views.ts';
import { specialistDraft } from '../../model/peaks.ts';
import { ROLES, SCOPES } from '../../model/people.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { type Tx, inTransaction, rowsOf } from '../../platform/postgres/db.ts';
import { type HomeRun, UsageError } from '../commands/command.ts';
import { importFile } from '../commands/import.ts';
import { loadScience, trialSchema } from './load-science.ts';
import { replayDeeds } from './replay-deeds.ts';

const regionSchema = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  level: z.enum(['province', 'city', 'district', 'community', 'cell']),
  name: z.string(),
  name_en: z.string(),
});
const unitSchema = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  level: z.enum(['province', 'city', 'district', 'branch', 'unit', 'department']),
  name: z.string(),
  name_en: z.string(),
  department: z.string().nullish(),
  region: z.string().nullish(),
});
const memberSchema = z.object({
  login: z.string(),
  name: z.string(),
  staff_no: z.string().nullish(),
  unit: z.string(),
  roles: z.array(z.enum(ROLES)).min(1),
  scope: z.enum(SCOPES),
  email: z.string().nullish(),
  locale: z.enum(['zh', 'en']).default('zh'),
});
const organisationSchema = z.object({
  regions: z.array(regionSchema),
  units: z.array(unitSchema),
  members: z.array(memberSchema),
  /** Quality specialists of members who may call. */
  specialists: z.array(specialistDraft.omit({ active: true }).extend({ member: z.string(), city: z.string() })).default([]),
});
const manifestSchema = z.object({
  files: z.array(
    z.object({
      path: z.string().regex(/^[\w./-]+$/),
      source: z.string(),
      as: z.enum(CARRIES),
      encoding: z.string().optional(),
      mapping: z.record(z.string(), z.string()).optional(),
    }),
  ),
  actions: z.string().optional(),
  experiments: z.array(trialSchema).default([]),
});
type Organisation = z.infer<typeof organisationSchema>;
type Region = z.infer<typeof regionSchema>;

/** Imports a scenario's folder: the organisation in one transaction, then its files in order. What is there already stays. */
export async function loadScenario(run: HomeRun, dir: string): Promise<{ voices: number; customers: number; seconds: number }> {
  if (!existsSync(join(dir, 'scenario.json'))) throw new UsageError(`${dir} holds no scenario (scenario.json is missing)`);
  const began = performance.now();
  const organisation = organisationSchema.parse(JSON.parse(readFileSync(join(dir, 'organisation.json'), 'utf8')));
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dir, 'scenario.json'), 'utf8')));
  await inTransaction(run.ctx.db, (tx) => addOrganisation(tx, run, organisation));
  const total = { voices: 0, customers: 0, usage: 0 };
  for (const file of manifest.files) {
    run.err(`loading ${file.path} …`);
    const batch = await importFile(run, {
      path: join(dir, file.path),
      source: file.source,
      as: file.as,
      dry: false,
      options: {
        ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
        ...(file.mapping === undefined ? {} : { mapping: mappingSchema.parse({ columns: file.mapping }) }),
      },
    });
    if (batch.state !== 'done') throw new UsageError(`${file.path} could not be loaded: ${batch.error?.code ?? batch.state}`);
    total[file.as] += batch.accepted;
  }
  await run.settle();
  const orders = await replayDeeds(run.ctx, dir);
  if (orders > 0) await run.settle();
  if (await addSpecialists(run, organisation.specialists)) {
    // The lines need to know how often causes became complaints; levels come with the next grading.
    await countCauses(run.ctx);
    await refreshQueue(run.ctx);
    run.ctx.jobs.nudge('predict.levels');
  }
  return { ...total, seconds: Math.round((performance.now() - began) / 100) / 10 };
}

/** What people did about grievances and what they tried; then customers are put into segments. Takes as long again, and nobody need wait for it. */
export async function loadScenarioScience(run: HomeRun, dir: string): Promise<void> {
  await loadScience(run, dir, manifestSchema.parse(JSON.parse(readFileSync(join(dir, 'scenario.json'), 'utf8'))));
}

async function addOrganisation(tx: Tx, run: HomeRun, { regions, units, members }: Organisation): Promise<void> {
  const places = placesOf(regions);
  await sql`
    insert into regions (code, parent, level, name, name_en, city, district, community)
    select code, parent, level, name, name_en, city, district, community from json_to_recordset(${JSON.stringify([...places.values()])}::json)
      as r(code text, parent text, level text, name text, name_en text, city text, district text, community text)
    on conflict do nothing`.execute(tx);
  const rows = unitRows(units, places);
  await sql`
    insert into org_units (id, parent_id, level, name, name_en, department, city, district, path)
    select id, parent, level, name, name_en, department, city, district, path from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id text, parent text, level text, name text, name_en text, department text, city text, district text, path text)
    on conflict do nothing`.execute(tx);
  await sql`
    insert into members (id, login, name, email, staff_no, unit_id, roles, scope, locale)
    select 'me_' || login, login, name, email, staff_no, unit, array(select json_array_elements_text(roles)), scope, locale
    from json_to_recordset(${JSON.stringify(members)}::json)
      as r(login text, name text, email text, staff_no text, unit text, roles json, scope text, locale text)
    on conflict do nothing`.execute(tx);
  await writeAudit(tx, {
    ctx: run.ctx,
    viewer: run.viewer,
    via: 'cli',
    action: 'organisation.load',
    subjectKind: 'organisation',
    subjectId: 'scenario',
    detail: { regions: regions.length, units: units.length, members: members.length },
  });
}

/** By the same door as on the page; who is a specialist already stays one as they are. Whether there are any. */
async function addSpecialists(run: HomeRun, specialists: Organisation['specialists']): Promise<boolean> {
  const standing = await rowsOf(run.ctx.db, sql<{ key: string }>`select member_id || ' ' || city as key from specialists`);
  const known = new Set(standing.map((row) => row.key));
  for (const one of specialists)
    if (!known.has(`${one.member} ${one.city}`)) await addSpecialist(run.ctx, run.viewer, { ...one, active: true }, 'cli');
  return specialists.length > 0;
}

type Placed = Region & { city: string | null; district: string | null; community: string | null };

/** The places above each region; parents come before their children, whatever the file's order. */
function placesOf(regions: readonly Region[]): ReadonlyMap<string, Placed> {
  const byCode = new Map(regions.map((region) => [region.code, region]));
  const placed = new Map<string, Placed>();
  const place = (region: Region): Placed => {
    const done = placed.get(region.code);
    if (done !== undefined) return done;
    const parent = region.parent === null ? undefined : byCode.get(region.parent);
    const above = parent === undefined ? undefined : place(parent);
    const at = (level: 'city' | 'district' | 'community'): string | null =>
      parent?.level === level ? parent.code : (above?.[level] ?? null);
    const one = { ...region, city: at('city'), district: at('district'), community: at('community') };
    placed.set(region.code, one);
    return one;
  };
  for (const region of regions) place(region);
  return placed;
}

/** A unit's department and place are its own, else those of the unit above it. */
function unitRows(units: Organisation['units'], places: ReadonlyMap<string, Placed>) {
  type Row = {
    id: string;
    parent: string | null;
    level: string;
    name: string;
    name_en: string;
    department: string | null;
    city: string | null;
    district: string | null;
    path: string;
  };
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const rows = new Map<string, Row>();
  const rowOf = (unit: Organisation['units'][number]): Row => {
    const done = rows.get(unit.id);
    if (done !== undefined) return done;
    const parent = unit.parent === null ? undefined : byId.get(unit.parent);
    const above = parent === undefined ? undefined : rowOf(parent);
    const region = unit.region ? places.get(unit.region) : undefined;
    const own = (level: 'city' | 'district'): string | null | undefined =>
      region === undefined ? undefined : region.level === level ? region.code : region[level];
    const row: Row = {
      id: unit.id,
      parent: unit.parent,
      level: unit.level,
      name: unit.name,
      name_en: unit.name_en,
      department: unit.department ?? above?.department ?? null,
      city: own('city') ?? above?.city ?? null,
      district: own('district') ?? above?.district ?? null,
      path: `${above?.path ?? '/'}${unit.id}/`,
    };
    rows.set(unit.id, row);
    return row;
  };
  for (const unit of units) rowOf(unit);
  return [...rows.values()];
}
