import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMINISTRATORS, administratorsAmong, standApart } from '../model/may.ts';
import type { MemberId } from '../model/ids.ts';
import { ROLES, SCOPES } from '../model/people.ts';
import { type Change, type Standing, changesRights, isWider, verdictOn } from './member-rules.ts';

const id = (text: string): MemberId => text as MemberId;
const standing = (part: Partial<Standing> = {}): Standing => ({
  roles: ['agent'],
  scope: 'own',
  unit: 'u',
  staffNo: null,
  disabled: false,
  ...part,
});
const change = (before: Partial<Standing>, after: Partial<Standing>, part: Partial<Change> = {}): Change => ({
  viewer: { member: id('me_security'), scope: 'province' },
  member: 'me_other',
  before: standing(before),
  after: standing({ ...before, ...after }),
  hasPassword: true,
  others: { 'system-admin': 1, 'security-admin': 1, 'audit-admin': 1 },
  ...part,
});
const codes = (one: Change): readonly string[] => {
  const verdict = verdictOn(one);
  return verdict.kind === 'refused' ? verdict.problems.map((problem) => problem.code) : [verdict.kind];
};

describe('a change of a member', () => {
  it.each<[string, Change, readonly string[]]>([
    ['a business role for another', change({}, { roles: ['quality'] }), ['allowed']],
    ['nothing about rights, even of oneself', change({}, {}, { member: 'me_security' }), ['allowed']],
    ['the own roles', change({}, { roles: ['analyst'] }, { member: 'me_security' }), ['not-allowed']],
    ['the own unit', change({}, { unit: 'v' }, { member: 'me_security' }), ['not-allowed']],
    ['more than one sees', change({}, { scope: 'province' }, { viewer: { member: id('x'), scope: 'city' } }), ['not-allowed']],
    [
      'somebody who sees further',
      change({ scope: 'province' }, { disabled: true }, { viewer: { member: id('x'), scope: 'city' } }),
      ['not-allowed'],
    ],
    ['the machine’s own role', change({}, { roles: ['operator'] }), ['not-allowed']],
    [
      'a staff number without seeing the province',
      change({}, { staffNo: '7' }, { viewer: { member: id('x'), scope: 'city' } }),
      ['not-allowed'],
    ],
    ['two administrators in one', change({}, { roles: ['system-admin', 'audit-admin'] }), ['roles-apart']],
    ['an administrator who also works', change({}, { roles: ['audit-admin', 'analyst'] }), ['roles-apart']],
    [
      'an administrator whose link somebody else holds',
      change({}, { roles: ['audit-admin'] }, { hasPassword: false }),
      ['administrator-first-signs-in'],
    ],
    ['an administrator in person', change({}, { roles: ['audit-admin'] }), ['allowed']],
    [
      'the last audit administrator disabled',
      change({ roles: ['audit-admin'] }, { disabled: true }, { others: { 'system-admin': 1, 'security-admin': 1, 'audit-admin': 0 } }),
      ['last-administrator'],
    ],
    [
      'the last system administrator made an agent',
      change({ roles: ['system-admin'] }, { roles: ['agent'] }, { others: { 'system-admin': 0, 'security-admin': 1, 'audit-admin': 1 } }),
      ['last-administrator'],
    ],
  ])('%s', (_name, one, expected) => {
    expect(codes(one)).toEqual(expected);
  });

  it('that is allowed never widens the own rights, exceeds one’s sight, mixes powers newly, or empties an office', () => {
    const roles = fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 });
    const any = fc.record({
      roles,
      scope: fc.constantFrom(...SCOPES),
      unit: fc.constantFrom('u', 'v'),
      staffNo: fc.constantFrom(null, '7'),
      disabled: fc.boolean(),
    });
    const left = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(
        any,
        any,
        fc.constantFrom(...SCOPES),
        fc.boolean(),
        fc.boolean(),
        left,
        left,
        left,
        (before, after, scope, self, hasPassword, a, b, c) => {
          const others = { 'system-admin': a, 'security-admin': b, 'audit-admin': c };
          const member = self ? 'me' : 'you';
          if (verdictOn({ viewer: { member: id('me'), scope }, member, before, after, hasPassword, others }).kind !== 'allowed') return;
          if (!changesRights(before, after)) return;
          expect(self).toBe(false);
          expect(isWider(after.scope, scope)).toBe(false);
          const gained = after.roles.filter((role) => !before.roles.includes(role));
          if (gained.length > 0) expect(standApart(after.roles)).toBe(true);
          if (administratorsAmong(gained).length > 0) expect(hasPassword).toBe(true);
          for (const role of ADMINISTRATORS) {
            const held = (one: Standing): boolean => !one.disabled && one.roles.includes(role);
            if (held(before) && !held(after)) expect(others[role]).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
