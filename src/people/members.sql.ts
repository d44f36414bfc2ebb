import { sql } from 'kysely';
import type { MemberId } from '../model/ids.ts';
import type { Role, ScopeKind, Viewer } from '../model/people.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';

interface ViewerRow {
  member: MemberId;
  name: string;
  roles: Role[];
  scope: ScopeKind;
  unit: Viewer['unit'];
  unitPath: string;
  city: string | null;
  district: string | null;
  staffNo: string | null;
  department: string | null;
  locale: 'zh' | 'en';
}

const VIEWER = sql`
  m.id as member, m.name, m.roles, m.scope, m.unit_id as unit, u.path as "unitPath", u.city, u.district,
  m.staff_no as "staffNo", u.department, m.locale`;

export async function viewerOf(db: Db, member: string): Promise<Viewer | undefined> {
  return rowOf(
    db,
    sql<ViewerRow>`select ${VIEWER} from members m join org_units u on u.id = m.unit_id where m.id = ${member} and m.disabled_at is null`,
  );
}

/** By login or id: how people name a member on the command line. */
export async function memberNamed(db: Db, name: string): Promise<Viewer | undefined> {
  return rowOf(
    db,
    sql<ViewerRow>`
      select ${VIEWER} from members m join org_units u on u.id = m.unit_id
      where (m.id = ${name} or m.login = ${name}) and m.disabled_at is null`,
  );
}

export async function credentialsOf(db: Db, login: string): Promise<{ id: string; password_hash: string | null } | undefined> {
  return rowOf(
    db,
    sql<{ id: string; password_hash: string | null }>`
      select id, password_hash from members where login = ${login} and disabled_at is null`,
  );
}

export interface MemberRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scope: ScopeKind;
  readonly unit: { readonly id: string; readonly name: string };
  readonly department: string | null;
  readonly disabled: boolean;
  readonly version: number;
}

/** Members of the viewer's city, or all with province scope. */
export async function membersSeenBy(db: Db, viewer: Viewer): Promise<readonly MemberRow[]> {
  return rowsOf(
    db,
    sql<MemberRow>`
      select m.id, m.login, m.name, m.roles, m.scope, jsonb_build_object('id', u.id, 'name', u.name) as unit, u.department,
        m.disabled_at is not null as disabled, m.version
      from members m join org_units u on u.id = m.unit_id
      where ${seesUnit(viewer)}
      order by u.path, m.login`,
  );
}

export interface UnitRow {
  readonly id: string;
  readonly parent: string | null;
  readonly level: string;
  readonly name: string;
  readonly name_en: string;
  readonly department: string | null;
  readonly city: string | null;
}

export async function unitsSeenBy(db: Db, viewer: Viewer): Promise<readonly UnitRow[]> {
  return rowsOf(
    db,
    sql<UnitRow>`
      select u.id, u.parent_id as parent, u.level, u.name, u.name_en, u.department, u.city from org_units u
      where ${seesUnit(viewer)} order by u.path`,
  );
}

/** Units that a viewer may see: all with province scope, else those of the own city, the own subtree, or the own unit. */
function seesUnit(viewer: Viewer) {
  switch (viewer.scope) {
    case 'province':
      return sql<boolean>`true`;
    case 'city':
      return sql<boolean>`u.city = ${viewer.city}`;
    case 'unit-below':
      return sql<boolean>`starts_with(u.path, ${viewer.unitPath})`;
    default:
      return sql<boolean>`u.id = ${viewer.unit}`;
  }
}
