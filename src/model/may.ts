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
  ],
  supervisor: [
    'voices.read',
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
  ],
  agent: ['voices.read', 'voices.push', 'orders.read', 'orders.work'],
  quality: [
    'voices.read',
    'voices.reveal',
    'numbers.read',
    'alarms.read',
    'orders.read',
    'orders.create',
    'orders.work',
    'organisation.read',
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
    'members.write',
  ],
};

export function may(viewer: Pick<Viewer, 'roles'>, verb: Verb): boolean {
  return viewer.roles.some((role) => RIGHTS[role].includes(verb));
}

/** The verbs a viewer holds, for hiding what cannot be pressed. */
export function verbsOf(viewer: Pick<Viewer, 'roles'>): readonly Verb[] {
  return [...new Set(viewer.roles.flatMap((role) => RIGHTS[role]))];
}
