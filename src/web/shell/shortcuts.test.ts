import { describe, expect, it } from 'vitest';
import { GO_KEYS, meantBy, type Pressed } from './shortcuts.ts';
import { PLACES } from './nav.ts';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});

describe('shortcuts', () => {
  it('never take a key with Ctrl or ⌘ from the browser but K', () => {
    for (const key of 'abcdefghijlmnopqrstuvwxyz0123456789?'.split(''))
      for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }] as const)
        for (const before of [false, true])
          expect([key, held, meantBy(press(key, held), false, before, PLACES)]).toEqual([key, held, null]);
    expect(meantBy(press('k', { ctrlKey: true }), true, false, PLACES)).toEqual({ kind: 'palette' });
    expect(meantBy(press('K', { metaKey: true }), false, false, PLACES)).toEqual({ kind: 'palette' });
  });

  it('leave fields and input methods alone', () => {
    for (const key of ['?', 'g', 'v']) {
      expect(meantBy(press(key), true, true, PLACES)).toBeNull();
      expect(meantBy(press(key, { isComposing: true }), false, true, PLACES)).toBeNull();
    }
    expect(meantBy(press('k', { ctrlKey: true, isComposing: true }), false, false, PLACES)).toBeNull();
  });

  it('go to a page that the member has, and nowhere else', () => {
    expect(meantBy(press('g'), false, false, PLACES)).toEqual({ kind: 'wait' });
    expect(meantBy(press('v'), false, true, PLACES)).toEqual({ kind: 'go', path: '/voices' });
    expect(meantBy(press('r'), false, true, PLACES)).toEqual({ kind: 'go', path: '/alarms/rules' });
    expect(meantBy(press('v'), false, true, [])).toBeNull();
    for (const path of Object.values(GO_KEYS)) expect(PLACES.some((place) => path.startsWith(place.path))).toBe(true);
  });
});
