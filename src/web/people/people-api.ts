import type { SessionRow, Sees } from '../../model/account.ts';
import type { AuditPage } from '../../model/audit-views.ts';
import type { MemberDraft, MemberRow, MoveConsequences, Organisation, SignInLink, UnitDraft, UnitRow } from '../../model/organisation.ts';
import type { Verb } from '../../model/people.ts';
import { change, download, get } from '../api/client.ts';

const one = (id: string): string => `/api/members/${encodeURIComponent(id)}`;
const unitAt = (id: string): string => `/api/units/${encodeURIComponent(id)}`;

export const organisation = () => get<Organisation>('/api/organisation');
export const inviteMember = (draft: MemberDraft) => change<{ id: string; link: SignInLink }>('POST', '/api/members', draft);
export const saveMember = (id: string, version: number, given: Partial<Omit<MemberDraft, 'login'>> & { readonly disabled?: boolean }) =>
  change<{ version: number }>('PATCH', one(id), { version, ...given });
export const resetMember = (member: MemberRow) =>
  change<{ version: number; link: SignInLink }>('POST', `${one(member.id)}/reset`, { version: member.version });
export const endSessions = (id: string) => change<{ ended: number }>('POST', `${one(id)}/end-sessions`, {});

export const memberSees = (id: string | null) => get<Sees>(id === null ? '/api/me/sees' : `${one(id)}/sees`);

export const addUnit = (draft: UnitDraft) => change<{ id: string }>('POST', '/api/units', draft);
export const saveUnit = (unit: UnitRow, given: Pick<UnitRow, 'name' | 'name_en' | 'department'>) =>
  change<{ version: number }>('PATCH', unitAt(unit.id), { version: unit.version, ...given });
export const moveWould = (id: string, to: string) => get<MoveConsequences>(`${unitAt(id)}/move`, { to });
export const moveUnit = (unit: UnitRow, to: string) => change<unknown>('POST', `${unitAt(unit.id)}/move`, { version: unit.version, to });
export const retireUnit = (unit: UnitRow) => change<unknown>('POST', `${unitAt(unit.id)}/retire`, { version: unit.version });

export const setPassword = (current: string, password: string) =>
  change<unknown>('POST', '/api/me/password', { ...(current === '' ? {} : { current }), password });
export const ownSessions = () => get<{ rows: readonly SessionRow[] }>('/api/me/sessions');
export const endOwnSession = (id: string) => change<unknown>('DELETE', `/api/me/sessions/${encodeURIComponent(id)}`);
export const makeToken = (name: string, days: number, verbs: readonly Verb[] | null) =>
  change<{ token: string; expires_at: string }>('POST', '/api/me/tokens', { name, days, verbs });

export type AuditAsked = Readonly<Record<string, string | null>>;
export const auditPage = (asked: AuditAsked, cursor: string | null, limit: number) =>
  get<AuditPage>('/api/audit', { ...asked, cursor, limit });
export const exportAudit = (asked: AuditAsked, locale: 'zh' | 'en') =>
  download(
    '/api/audit/export',
    { ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null)), locale },
    'voxloop-audit.xlsx',
  );
