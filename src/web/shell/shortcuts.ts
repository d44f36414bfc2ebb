import type { Place } from './nav.ts';

/** `g` and then a letter goes to a page: nothing that a browser uses. */
export const GO_KEYS: Readonly<Record<string, string>> = {
  o: '/overview',
  n: '/record',
  p: '/pain-points',
  v: '/voices',
  a: '/alarms',
  r: '/alarms/rules',
  w: '/orders',
  i: '/imports',
};

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
}
export type Meant =
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' }
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'wait' }
  | null;

/**
 * What a key means. Ctrl+K or ⌘K opens the palette anywhere; single keys count only outside of fields, and never while an
 * input method composes. `before`: whether `g` was pressed a moment ago.
 */
export function meantBy(pressed: Pressed, inField: boolean, before: boolean, places: readonly Pick<Place, 'path'>[]): Meant {
  if (pressed.isComposing || pressed.altKey) return null;
  const key = pressed.key.toLowerCase();
  if (pressed.ctrlKey || pressed.metaKey) return key === 'k' ? { kind: 'palette' } : null;
  if (inField) return null;
  if (before) {
    const path = Object.hasOwn(GO_KEYS, key) ? GO_KEYS[key] : undefined;
    return path !== undefined && places.some((place) => path === place.path || path.startsWith(`${place.path}/`))
      ? { kind: 'go', path }
      : null;
  }
  if (key === '?') return { kind: 'help' };
  return key === 'g' ? { kind: 'wait' } : null;
}
