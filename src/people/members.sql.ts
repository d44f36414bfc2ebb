import { sql } from 'kysely';
import type { MemberId } from '../model/ids.ts';
import type { MemberContact, MemberFace, UnitRow } from '../model/organisation.ts';
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

/** A member with what only who keeps the members is shown. */
export type StoredMember = MemberFace & MemberContact;

/** Members of the viewer's city, or all with province scope. */
export async function membersSeenBy(db: Db, viewer: Viewer): Promise<readonly StoredMember[]> {
  return rowsOf(
    db,
    sql<StoredMember>`
      select m.id, m.login, m.name, m.roles, m.scope, jsonb_build_object('id', u.id, 'name', u.name) as unit, u.department,
        m.email, m.staff_no, m.disabled_at is not null as disabled, m.password_hash is not null as has_password, m.version,
        s.last_seen_at, coalesce(s.n, 0)::int as sessions, l.link_until
      from members m join org_units u on u.id = m.unit_id
      left join (select member_id, max(last_seen_at) as last_seen_at, count(*) as n from sessions group by member_id) s on s.member_id = m.id
      left join (select member_id, max(expires_at) as link_until from sign_in_links where used_at is null group by member_id) l on l.member_id = m.id
      where ${seesUnit(viewer)}
      order by u.path, m.login`,
  );
}

export async function unitsSeenBy(db: Db, viewer: Viewer): Promise<readonly UnitRow[]> {
  return rowsOf(
    db,
    sql<UnitRow>`
      select u.id, u.parent_id as parent, u.level, u.name, u.name_en, u.department, u.city, u.district, u.path,
        u.retired_at is not null as retired, u.version
      from org_units u
      where ${seesUnit(viewer)} order by u.path`,
  );
}

/** Units that a viewer may see: all with province scope, else those of the own city, the own subtree, or the own unit. */
export function seesUnit(viewer: Viewer) {
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
