import type { Role, ScopeKind } from './people.ts';
import type { Problem } from './problem.ts';
import type { Names } from './question.ts';

export const UNIT_LEVELS = ['province', 'city', 'district', 'branch', 'unit', 'department'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

export interface UnitRow {
  readonly id: string;
  readonly parent: string | null;
  readonly level: UnitLevel;
  readonly name: string;
  readonly name_en: string;
  readonly department: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly path: string;
  readonly retired: boolean;
  readonly version: number;
}

export interface UnitDraft {
  readonly parent: string;
  readonly level: UnitLevel;
  readonly name: string;
  readonly name_en: string;
  readonly department: string | null;
  /** Code of the city or district that a unit of such a level answers for. */
  readonly region: string | null;
}

/** What a move of a unit would do, as figures and names within the viewer's sight. */
export interface MoveConsequences {
  readonly from: string;
  readonly to: string;
  readonly units: number;
  readonly members: number;
  readonly voices: number;
  readonly open_orders: number;
  /** Who sees the unit's voices afterwards and did not before, and the other way round. */
  readonly gain: readonly string[];
  readonly lose: readonly string[];
  readonly problems: readonly Problem[];
}

/** How to reach a member and when it was here: for who keeps the members. */
export interface MemberContact {
  readonly email: string | null;
  readonly staff_no: string | null;
  /** null: never signed in with a living session. */
  readonly last_seen_at: string | null;
  readonly sessions: number;
  readonly has_password: boolean;
  /** Until when an unused link lets the member in. */
  readonly link_until: string | null;
}

/** What everybody who sees the organisation sees of a member. */
export interface MemberFace {
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

export interface MemberRow extends MemberFace, Partial<MemberContact> {
  readonly scope_words: Names;
}

export interface Organisation {
  readonly units: readonly UnitRow[];
  readonly members: readonly MemberRow[];
}

export interface MemberDraft {
  readonly login: string;
  readonly name: string;
  readonly email: string | null;
  readonly staff_no: string | null;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly scope: ScopeKind;
}

/** A one-time link as it is shown, once: only its hash is stored. */
export interface SignInLink {
  readonly path: string;
  readonly expires_at: string;
}
