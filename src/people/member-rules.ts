import { type Administrator, administratorsAmong, standApart } from '../model/may.ts';
import { type Role, SCOPES, type ScopeKind, type Viewer } from '../model/people.ts';
import type { Problem } from '../model/problem.ts';

/** What of a member decides over rights. */
export interface Standing {
  readonly roles: readonly Role[];
  readonly scope: ScopeKind;
  readonly unit: string;
  readonly staffNo: string | null;
  readonly disabled: boolean;
}

export interface Change {
  readonly viewer: Pick<Viewer, 'member' | 'scope'>;
  readonly member: string;
  readonly before: Standing;
  readonly after: Standing;
  /** The member chose a password of its own: whoever made the invitation no longer holds a key. */
  readonly hasPassword: boolean;
  /** How many others that the viewer sees hold an administrator's role and are active. */
  readonly others: Readonly<Record<Administrator, number>>;
}

export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Whether one scope reaches further than another. */
export const isWider = (scope: ScopeKind, than: ScopeKind): boolean => SCOPES.indexOf(scope) > SCOPES.indexOf(than);

/** Whether a change touches what the member may do or see; such a change ends its sessions, a new name does not. */
export function changesRights(before: Standing, after: Standing): boolean {
  const sameRoles = before.roles.length === after.roles.length && before.roles.every((role) => after.roles.includes(role));
  return !(
    sameRoles &&
    before.scope === after.scope &&
    before.unit === after.unit &&
    before.staffNo === after.staffNo &&
    before.disabled === after.disabled
  );
}

/**
 * Nobody changes the own rights, gives more than he has, or touches somebody who sees further. Three administrators stay three
 * people, and the last of each stays. A staff number decides what scope “own” shows, wherever it was said, so only who sees
 * the whole province sets one. The operator is the machine's own and no role for a person.
 */
export function verdictOn(change: Change): Verdict {
  const { viewer, before, after } = change;
  if (!changesRights(before, after)) return { kind: 'allowed' };
  const forbidden =
    change.member === viewer.member ||
    isWider(before.scope, viewer.scope) ||
    isWider(after.scope, viewer.scope) ||
    before.roles.includes('operator') !== after.roles.includes('operator') ||
    before.roles.includes('operator') ||
    (before.staffNo !== after.staffNo && viewer.scope !== 'province');
  if (forbidden) return { kind: 'not-allowed' };
  const problems = [...apart(change), ...lastOnes(change)];
  return problems.length === 0 ? { kind: 'allowed' } : { kind: 'refused', problems };
}

function apart({ before, after, hasPassword }: Change): readonly Problem[] {
  const gained = administratorsAmong(after.roles).filter((role) => !before.roles.includes(role));
  const changed = gained.length > 0 || after.roles.some((role) => !before.roles.includes(role));
  if (changed && !standApart(after.roles)) return [{ code: 'roles-apart', column: 'body.roles' }];
  return gained.length > 0 && !hasPassword ? [{ code: 'administrator-first-signs-in', column: 'body.roles' }] : [];
}

const TITLES: Readonly<Record<Administrator, { readonly role_zh: string; readonly role_en: string }>> = {
  'system-admin': { role_zh: '系统管理员', role_en: 'system administrator' },
  'security-admin': { role_zh: '安全管理员', role_en: 'security administrator' },
  'audit-admin': { role_zh: '审计管理员', role_en: 'audit administrator' },
};

function lastOnes({ before, after, others }: Change): readonly Problem[] {
  if (before.disabled) return [];
  const kept = after.disabled ? [] : administratorsAmong(after.roles);
  return administratorsAmong(before.roles)
    .filter((role) => !kept.includes(role) && others[role] === 0)
    .map((role) => ({ code: 'last-administrator', column: after.disabled ? 'body.disabled' : 'body.roles', params: TITLES[role] }));
}
