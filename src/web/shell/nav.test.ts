import { describe, expect, it } from 'vitest';
import { verbsOf } from '../../model/may.ts';
import { ROLES } from '../../model/people.ts';
import { placesFor, startFor } from './nav.ts';

describe('navigation', () => {
  it.each(ROLES.map((role) => [role] as const))('%s starts at a page that it may see', (role) => {
    const verbs = verbsOf({ roles: [role] });
    const paths = placesFor(verbs).map((place) => place.path);
    expect(paths).toContain(startFor(verbs));
  });

  it('begins an agent’s day with the form that he records with, and shows him no statistics', () => {
    const verbs = verbsOf({ roles: ['agent'] });
    expect(startFor(verbs)).toBe('/record');
    expect(placesFor(verbs).map((place) => place.name)).toEqual(['record', 'overview', 'voices', 'orders', 'knowledge']);
  });

  it('keeps the three powers apart', () => {
    expect(placesFor(verbsOf({ roles: ['audit-admin'] })).map((p) => p.name)).toEqual(['organisation', 'audit']);
    expect(startFor(verbsOf({ roles: ['system-admin'] }))).toBe('/system');
  });
});
