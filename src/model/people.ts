import type { MemberId, UnitId } from './ids.ts';

export const ROLES = [
  'analyst',
  'manager',
  'supervisor',
  'agent',
  'quality',
  'system-admin',
  'security-admin',
  'audit-admin',
  'operator',
] as const;
/**
 * analyst 分析员 | manager 部门经理 | supervisor 班组长 | agent 坐席 | quality 品质专员; the three separate powers
 * system-admin 系统管理员, security-admin 安全管理员, audit-admin 审计管理员; operator = the local command line.
 */
export type Role = (typeof ROLES)[number];

export const SCOPES = ['own', 'team', 'unit', 'unit-below', 'city', 'province'] as const;
/** Data scope 数据权限: 本人 | 本班组 | 本单位 | 本单位及下级 | 本地市 | 全省 */
export type ScopeKind = (typeof SCOPES)[number];

export const VERBS = [
  'voices.read',
  'voices.reveal',
  'voices.push',
  'voices.record',
  'numbers.read',
  'numbers.export',
  'imports.run',
  'customers.import',
  'rules.read',
  'rules.write',
  'alarms.read',
  'alarms.acknowledge',
  'orders.read',
  'orders.create',
  'orders.work',
  'orders.close',
  'organisation.read',
  'members.write',
  'roles.grant',
  'system.operate',
  'audit.read',
  'reader.train',
  'experiments.write',
  'segments.run',
  'levels.write',
  'peaks.write',
  'peaks.call',
] as const;
export type Verb = (typeof VERBS)[number];

/** Who is asking. Every read takes one. */
export interface Viewer {
  readonly member: MemberId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scope: ScopeKind;
  readonly unit: UnitId;
  readonly unitPath: string;
  /** City of the member's unit; null at province level. */
  readonly city: string | null;
  /** Districts below the member's unit's own region, when the unit is a district or branch. */
  readonly district: string | null;
  readonly staffNo: string | null;
  /** Department code of the pack when the member's unit is (in) a department. */
  readonly department: string | null;
  readonly locale: 'zh' | 'en';
  /** Set for a program that came with a token: the rights it is narrowed to, none of them ever about the member's own account. */
  readonly only?: readonly Verb[];
}
