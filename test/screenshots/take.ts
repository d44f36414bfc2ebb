import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { LOCALES, SHOTS, SMALL_SET, THEMES, WIDTHS } from './pages.ts';
import type { Shot } from './pages.ts';

/**
 * Photographs every page of a running product at desk and phone width, light and dark, in both languages.
 *   node test/screenshots/take.ts --link 'http://127.0.0.1:8080/signin?token=…' [--small] [--only overview,voices] [--out DIR]
 */
const { values: given } = parseArgs({
  options: {
    link: { type: 'string' },
    out: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), 'out') },
    only: { type: 'string' },
    small: { type: 'boolean', default: false },
    browser: { type: 'string', default: '/usr/bin/chromium' },
  },
});

async function signedIn(browser: Browser, link: string): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.locator('.sign-in .ant-btn-primary').click();
  await page.waitForURL((url) => url.pathname !== '/signin', { timeout: 20_000 });
  const cookies = JSON.stringify(await context.storageState());
  await context.close();
  return cookies;
}

/** Addresses that depend on what the world holds. */
async function foundShots(context: BrowserContext, base: string): Promise<readonly Shot[]> {
  const first = async (path: string): Promise<string | number | null> => {
    const response = await context.request.get(base + path);
    if (!response.ok()) return null;
    const body = (await response.json()) as { rows?: { id: string | number }[] };
    return body.rows?.[0]?.id ?? null;
  };
  const voices = await context.request.post(`${base}/api/voices/search`, { headers: { 'x-voxloop': '1' }, data: { where: [], limit: 1 } });
  const voice = voices.ok() ? ((await voices.json()) as { rows: { id: number }[] }).rows[0]?.id : undefined;
  const [alarm, order, batch] = [await first('/api/alarms?limit=1'), await first('/api/orders'), await first('/api/imports')];
  return [
    ...(voice === undefined ? [] : [{ name: 'voice-detail', path: `/voices?period=30d&voice=${voice}` }]),
    ...(alarm === null ? [] : [{ name: 'alarm-detail', path: `/alarms?tab=resolved&alarm=${alarm}` }]),
    ...(order === null ? [] : [{ name: 'order-detail', path: `/orders/${order}` }]),
    ...(batch === null ? [] : [{ name: 'import-detail', path: `/imports/${batch}` }]),
  ];
}

async function settle(page: Page): Promise<void> {
  // The event stream never ends, so “network idle” would wait for ever.
  await page.waitForSelector('h1, .empty, [role=alert]', { timeout: 15_000 }).catch(() => undefined);
  await page.waitForSelector('.ant-skeleton', { state: 'detached', timeout: 15_000 }).catch(() => undefined);
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForTimeout(500);
}

interface Look {
  readonly width: number;
  readonly theme: (typeof THEMES)[number];
  readonly locale: (typeof LOCALES)[number];
}

/** Wider than the window: something sticks out. */
const sticksOut = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function take(
  browser: Browser,
  base: string,
  state: string,
  shots: readonly Shot[],
  look: Look,
  out: string,
): Promise<readonly string[]> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 600 ? 844 : 900 },
    storageState: JSON.parse(state) as never,
    colorScheme: look.theme,
    locale: look.locale === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
  });
  // Texts, not functions: this file is checked without the browser's types.
  await context.addInitScript(
    `localStorage.setItem('voxloop.locale', '${look.locale}'); localStorage.setItem('voxloop.theme', '${look.theme}')`,
  );
  const faults: string[] = [];
  for (const shot of shots) {
    const page = await context.newPage();
    const name = `${shot.name}-${look.width}-${look.theme}-${look.locale}`;
    page.on('console', (message) => message.type() === 'error' && faults.push(`${name}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`));
    page.on(
      'request',
      (request) =>
        new URL(request.url()).origin !== base &&
        !request.url().startsWith('data:') &&
        !request.url().startsWith('blob:') &&
        faults.push(`${name}: asked outside: ${request.url()}`),
    );
    await page.goto(base + shot.path);
    await settle(page);
    const over = await sticksOut(page);
    if (over > 0) faults.push(`${name}: ${over} px wider than the window`);
    await page.screenshot({ path: join(out, `${name}.png`), fullPage: !shot.path.includes('voice=') && !shot.path.includes('alarm=') });
    await page.close();
  }
  await context.close();
  return faults;
}

async function main(): Promise<void> {
  const { link } = given;
  if (link === undefined) throw new Error('Say --link with a one-time sign-in link of the running product.');
  const base = new URL(link).origin;
  mkdirSync(given.out, { recursive: true });
  const browser = await chromium.launch({ executablePath: given.browser, args: ['--no-sandbox'] });
  try {
    const state = await signedIn(browser, link);
    const context = await browser.newContext({ storageState: JSON.parse(state) as never });
    const all = [...SHOTS, ...(await foundShots(context, base))];
    await context.close();
    const names = given.only?.split(',') ?? (given.small ? SMALL_SET : null);
    const shots = names === null ? all : all.filter((shot) => names.includes(shot.name));
    const looks = given.small
      ? [{ width: 1440, theme: 'light', locale: 'zh' } as const, { width: 390, theme: 'dark', locale: 'en' } as const]
      : WIDTHS.flatMap((width) => THEMES.flatMap((theme) => LOCALES.map((locale) => ({ width, theme, locale }))));
    for (const look of looks) {
      const faults = await take(browser, base, state, shots, look, given.out);
      process.stdout.write(
        `${look.width} ${look.theme} ${look.locale}: ${shots.length} pictures${faults.length === 0 ? '' : `\n  ${faults.join('\n  ')}`}\n`,
      );
    }
  } finally {
    await browser.close();
  }
}

await main();
