import type { Role, Verb, Viewer } from './people.ts';

/**
 * Who may do what. Deny by default. The three administrative powers are kept apart (三员分立):
 * the system administrator runs, the security administrator grants, the audit administrator looks; none reads voices.
 */
const RIGHTS: Readonly<Record<Role, readonly Verb[]>> = {
  analyst: [
    'voices.read',
    'voices.reveal',
    'voices.push',
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
    'organisation.read',
    'reader.train',
    'experiments.write',
    'segments.run',
    'levels.write',
    'peaks.write',
  ],
  manager: [
    'voices.read',
    'voices.reveal',
    'numbers.read',
    'numbers.export',
    'rules.read',
    'rules.write',
    'alarms.read',
    'alarms.acknowledge',
    'orders.read',
    'orders.create',
    'orders.work',
    'orders.close',
    'organisation.read',
    'experiments.write',
    'peaks.write',
  ],
  supervisor: [
    'voices.read',
    'voices.record',
    'voices.reveal',
    'numbers.read',
    'numbers.export',
    'rules.read',
    'alarms.read',
    'alarms.acknowledge',
    'orders.read',
    'orders.create',
    'orders.work',
    'organisation.read',
    'peaks.call',
  ],
  agent: ['voices.read', 'voices.record', 'voices.push', 'orders.read', 'orders.work'],
  quality: [
    'levels.write',
    'voices.read',
    'voices.record',
    'voices.reveal',
    'numbers.read',
    'alarms.read',
    'orders.read',
    'orders.create',
    'orders.work',
    'organisation.read',
    'peaks.call',
  ],
  'system-admin': ['system.operate', 'organisation.read'],
  'security-admin': ['members.write', 'roles.grant', 'organisation.read'],
  'audit-admin': ['audit.read', 'organisation.read'],
  operator: [
    'voices.read',
    'voices.push',
    'numbers.read',
    'numbers.export',
    'imports.run',
    'customers.import',
    'rules.read',
    'rules.write',
    'alarms.read',
    'orders.read',
    'system.operate',
    'organisation.read',
    'reader.train',
    'segments.run',
    'members.write',
    'experiments.write',
  ],
};

/** A token may be narrowed to some of its member's rights. */
export type Rightful = Pick<Viewer, 'roles' | 'only'>;

export function may(viewer: Rightful, verb: Verb): boolean {
  return (viewer.only?.includes(verb) ?? true) && viewer.roles.some((role) => RIGHTS[role].includes(verb));
}

/** The verbs a viewer holds, for hiding what cannot be pressed. */
export function verbsOf(viewer: Rightful): readonly Verb[] {
  return [...new Set(viewer.roles.flatMap((role) => RIGHTS[role]))].filter((verb) => may(viewer, verb));
}

/** The three powers that no person holds together, nor beside a role of the business. */
export const ADMINISTRATORS = ['system-admin', 'security-admin', 'audit-admin'] as const satisfies readonly Role[];
export type Administrator = (typeof ADMINISTRATORS)[number];

export const administratorsAmong = (roles: readonly Role[]): readonly Administrator[] =>
  ADMINISTRATORS.filter((role) => roles.includes(role));

/** Whether one person may hold these roles: business roles in any mixture, or one administrator's role alone. */
export const standApart = (roles: readonly Role[]): boolean => administratorsAmong(roles).length === 0 || roles.length === 1;
