import { beforeEach } from 'vitest';

/**
 * Skips every test of this file (or describe block) when something is not there, with the reason that `npm test` prints:
 * `needs(chromiumPath() !== null, NO_CHROMIUM)`. Hooks of the file still run: guard what they start.
 */
export function needs(there: boolean, reason: string): void {
  beforeEach((context) => context.skip(!there, reason));
}
