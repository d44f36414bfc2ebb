import { existsSync } from 'node:fs';

/**
 * The browser that journeys drive: VOXLOOP_CHROMIUM, else Debian's. null: none here, and those tests are skipped. The shell is the same
 * engine without the window around it, and opens a page with two thirds of the work (.45 s of a processor, not .7).
 */
export function chromiumPath(): string | null {
  const candidates = [process.env.VOXLOOP_CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}

/** For `test.skipIf(chromiumPath() === null)` and `ctx.skip(…)`: the reason to print. */
export const NO_CHROMIUM = 'no Chromium here: install the package chromium-headless-shell or set VOXLOOP_CHROMIUM';

/** Flags under which it starts as any user, also root in a container, and talks to nobody. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--force-color-profile=srgb',
];

/** For journeys, which see a page once: compiling its scripts again to run faster costs a quarter of the browser's work and never pays. */
export const JOURNEY_FLAGS: readonly string[] = [...CHROMIUM_FLAGS, '--js-flags=--no-maglev --no-turbofan'];
