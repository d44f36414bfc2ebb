import type { Role, ScopeKind, Verb } from './people.ts';
import type { Names } from './question.ts';

/** Who is signed in, with rights and data scope in words. */
export interface Me {
  readonly member: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly verbs: readonly Verb[];
  readonly scope: ScopeKind;
  readonly scope_words: Names;
  readonly department: string | null;
  readonly locale: 'zh' | 'en';
  /** The product's time zone: days are cut by it, and every page tells time by it. */
  readonly zone: string;
  readonly login: string;
  readonly has_password: boolean;
  readonly unit: { readonly id: string; readonly name: string; readonly name_en: string };
}

/** A living session or token of the member's own. */
export interface SessionRow {
  readonly id: string;
  readonly kind: 'browser' | 'token';
  readonly name: string;
  readonly verbs: readonly Verb[] | null;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly expires_at: string;
  readonly current: boolean;
}

export interface SeenPlace {
  readonly code: string | null;
  readonly names: Names | null;
  readonly voices: number;
}

export interface SeenExample {
  readonly id: number;
  readonly said_at: string;
  readonly channel: string;
  readonly place: Names | null;
  readonly unit: Names | null;
  readonly seen: boolean;
  readonly why: Names;
}

/** What a data scope shows and hides, by counts and examples. */
export interface Sees {
  readonly days: number;
  readonly seen: { readonly voices: number; readonly places: readonly SeenPlace[] };
  readonly hidden: { readonly voices: number; readonly places: readonly SeenPlace[] };
  readonly examples: readonly SeenExample[];
  /** The member's scope reaches further than the viewer's: what lies there is not counted here. */
  readonly beyond: boolean;
}
