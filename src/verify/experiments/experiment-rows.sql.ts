import { type RawBuilder, sql } from 'kysely';
import type { ExperimentDetail, ExperimentRow, ExperimentState, Look } from '../../model/experiment.ts';
import type { Page } from '../../model/page.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { type ScopeColumns, scopeSql } from '../../people/scope.sql.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { cursorOf, cursorText } from '../../warn/index.ts';

const EXPERIMENT_SCOPE: ScopeColumns = {
  city: 'e.city',
  district: 'e.district',
  unitPath: 'e.unit_path',
  unitId: 'e.unit_id',
  agent: null,
};

/**
 * Which experiments a viewer may see: those of units within the data scope, those of the own unit (its members decide together, also where
 * it stands at province level), and the own ones. Its customers lie within the data scope of who chose them.
 */
export function experimentSeenBy(viewer: Viewer): RawBuilder<boolean> {
  const ways = [scopeSql(scopeOf(viewer), EXPERIMENT_SCOPE), sql<boolean>`e.created_by = ${viewer.member}`];
  if (viewer.scope !== 'own') ways.push(sql<boolean>`e.unit_id = ${viewer.unit}`);
  return sql<boolean>`(${sql.join(ways, sql` or `)})`;
}

/** As it is stored: a row of the list with what only its page shows. */
export interface StoredExperiment extends Omit<ExperimentDetail, 'looks' | 'outlook' | 'verdict' | 'words'> {
  readonly salt: string | null;
  readonly stopped_at: string | null;
  readonly city: string | null;
}

const ROW = sql`
  e.id, e.name, e.strategy, e.state, e.origin, e.demonstration,
  jsonb_build_object('id', u.id, 'names', jsonb_build_object('zh', u.name, 'en', u.name_en)) as unit,
  coalesce((e.cohort ->> 'customers')::integer, 0) as customers, e.created_at, e.started_at, e.ends_at, e.version`;

export async function experimentsOf(
  db: Db,
  viewer: Viewer,
  filter: { readonly state?: ExperimentState | undefined; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<ExperimentRow>> {
  const cursor = cursorOf(filter.cursor);
  const after = cursor === null ? sql`true` : sql`(e.created_at, e.id) < (${cursor.at}::timestamptz, ${cursor.id})`;
  const rows = await rowsOf(
    db,
    sql<ExperimentRow>`
    select ${ROW}, e.report ->> 'verdict' as verdict, e.report -> 'words' as words
    from experiments e join org_units u on u.id = e.unit_id
    where ${experimentSeenBy(viewer)} and ${filter.state === undefined ? sql`true` : sql`e.state = ${filter.state}`} and ${after}
    order by e.created_at desc, e.id desc limit ${filter.limit + 1}`,
  );
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const next = rows.length > filter.limit && last !== undefined ? cursorText({ at: last.created_at, id: last.id }) : null;
  return { rows: page, next };
}

const STORED = sql`
  ${ROW}, e.arms, e.metrics, e.strata, e.window_days as "windowDays", e.action, e.handling, e.cohort, e.report, e.reported_at, e.notes, e.conclusion, e.stop_reason, e.stopped_at, e.salt, e.city`;

/** One that the viewer may see; `lock` keeps others from changing it meanwhile. */
export function experimentOf(db: Db, viewer: Viewer, id: string, lock = false): Promise<StoredExperiment | undefined> {
  return rowOf(
    db,
    sql<StoredExperiment>`select ${STORED} from experiments e join org_units u on u.id = e.unit_id
      where e.id = ${id} and ${experimentSeenBy(viewer)} ${lock ? sql`for update of e` : sql``}`,
  );
}

/** For jobs, which look at all of them. */
export function anyExperiment(db: Db, id: string): Promise<StoredExperiment | undefined> {
  return rowOf(db, sql<StoredExperiment>`select ${STORED} from experiments e join org_units u on u.id = e.unit_id where e.id = ${id}`);
}

export function looksOf(db: Db, id: string): Promise<readonly Look[]> {
  return rowsOf(db, sql<Look>`select at, arm, n, effect, low, high, p from experiment_looks where experiment_id = ${id} order by at, arm`);
}

/**
 * Running ones that were not looked at for a day or whose time is over, and those that ended by themselves without a look since; who has
 * waited longest comes first. All of them: some that fail each time must not take the place of others.
 */
export async function dueForLook(db: Db, now: string, dayAgo: string): Promise<readonly string[]> {
  const rows = await rowsOf(
    db,
    sql<{ id: string }>`select id from experiments where origin = 'assigned' and (
        (state = 'running' and (reported_at is null or reported_at <= ${dayAgo} or ends_at <= ${now}))
        or (state = 'stopped' and stop_reason = 'ended' and (reported_at is null or reported_at < stopped_at)))
      order by reported_at nulls first, id`,
  );
  return rows.map(({ id }) => id);
}
