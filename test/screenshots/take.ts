import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Role } from '../../src/model/people.ts';
import { chromiumPath } from '../kit/chromium.ts';
import { type Look, LOOKS, albumOf, pictureOf } from './album.ts';
import { foundShots } from './found-shots.ts';
import { SHOTS, SMALL_SET, type Shot } from './pages.ts';
import { type RunningProduct, startProduct } from './running-product.ts';

/**
 * `npm run screenshots`: photographs every page at desk and phone width, light and dark, in both languages, on a product of its
 * own with the sample province, and writes an album (index.html) to page through.
 *   npm run screenshots -- [--home DIR] [--small] [--only overview,voices] [--out DIR]
 * --home: a home that is kept and used again (a new one is made and removed otherwise); nobody else may be using it.
 */
const { values: given } = parseArgs({
  options: {
    home: { type: 'string' },
    out: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), 'out') },
    only: { type: 'string' },
    small: { type: 'boolean', default: false },
    browser: { type: 'string', default: chromiumPath() ?? '' },
  },
});

/** Each role signs in once; its cookies serve all its pages. */
async function signedIn(browser: Browser, links: RunningProduct['links']): Promise<ReadonlyMap<Role, string>> {
  const states = new Map<Role, string>();
  for (const [role, link] of links) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(link);
    await page.locator('.sign-in .ant-btn-primary').click();
    await page.waitForURL((url) => url.pathname !== '/signin', { timeout: 20_000 });
    states.set(role, JSON.stringify(await context.storageState()));
    await context.close();
  }
  return states;
}

async function settle(page: Page): Promise<void> {
  // The event stream never ends, so “network idle” would wait for ever.
  await page.waitForSelector('h1, .empty, [role=alert]', { timeout: 15_000 }).catch(() => undefined);
  await page.waitForSelector('.ant-skeleton', { state: 'detached', timeout: 15_000 }).catch(() => undefined);
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForTimeout(500);
}

/** Wider than the window: something sticks out. */
const sticksOut = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function lookFrom(browser: Browser, state: string | null, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 600 ? 844 : 900 },
    ...(state === null ? {} : { storageState: JSON.parse(state) as never }),
    colorScheme: look.theme,
    locale: look.locale === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
  });
  // Texts, not functions: this file is checked without the browser's types.
  await context.addInitScript(
    `localStorage.setItem('voxloop.locale', '${look.locale}'); localStorage.setItem('voxloop.theme', '${look.theme}')`,
  );
  return context;
}

/** Drawers stand beside the page, as high as the window. */
const OVER_THE_PAGE = ['voice=', 'alarm='];
/** Of a list of fifty rows the first screens tell everything. */
const TALLEST = 2_400;

/** What the browser complained about, and what asked outside or stuck out; empty is good. */
async function photograph(context: BrowserContext, base: string, shot: Shot, path: string): Promise<readonly string[]> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (new URL(url).origin !== base && !url.startsWith('data:') && !url.startsWith('blob:')) faults.push(`asked outside: ${url}`);
  });
  await page.goto(base + shot.path);
  await settle(page);
  if (shot.press !== undefined) {
    await shot.press(page).catch((error: unknown) => faults.push(String(error)));
    await settle(page);
  }
  const over = await sticksOut(page);
  if (over > 0) faults.push(`${over} px wider than the window`);
  if (shot.press !== undefined || OVER_THE_PAGE.some((one) => shot.path.includes(one))) await page.screenshot({ path });
  else {
    const { width } = page.viewportSize() ?? { width: 0 };
    const height = Math.min(TALLEST, Number(await page.evaluate('document.documentElement.scrollHeight')));
    await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height } });
  }
  await page.close();
  return faults;
}

/** The two looks that differ in everything. */
const isTelling = (look: Look): boolean =>
  look.width === 1440 ? look.theme === 'light' && look.locale === 'zh' : look.theme === 'dark' && look.locale === 'en';

async function takeAll(browser: Browser, product: RunningProduct): Promise<void> {
  const states = await signedIn(browser, product.links);
  const analyst = states.get('analyst');
  if (analyst === undefined) throw new Error('The product printed no sign-in for an analyst.');
  const finder = await browser.newContext({ storageState: JSON.parse(analyst) as never });
  const all = [...SHOTS, ...(await foundShots(finder, product.base))];
  await finder.close();
  const names = given.only?.split(',') ?? (given.small ? SMALL_SET : null);
  const shots = names === null ? all : all.filter((shot) => names.includes(shot.name));
  const looks = given.small ? LOOKS.filter(isTelling) : LOOKS;
  for (const look of looks) {
    for (const [role, own] of Map.groupBy(shots, (shot) => shot.by ?? 'analyst')) {
      const context = await lookFrom(browser, role === 'nobody' ? null : (states.get(role) ?? analyst), look);
      for (const shot of own) {
        const file = pictureOf(shot.name, look);
        const faults = await photograph(context, product.base, shot, join(given.out, file));
        for (const fault of faults) process.stdout.write(`  ${file}: ${fault}\n`);
      }
      await context.close();
    }
    process.stdout.write(`${look.width} ${look.theme} ${look.locale}: ${shots.length} pictures\n`);
  }
  const album = join(given.out, 'index.html');
  writeFileSync(
    album,
    albumOf(
      shots.map((shot) => shot.name),
      looks,
    ),
  );
  process.stdout.write(`Page through them: ${album}\n`);
}

async function main(): Promise<void> {
  mkdirSync(given.out, { recursive: true });
  const home = given.home ?? mkdtempSync(join(tmpdir(), 'voxloop-screenshots-'));
  const product = await startProduct(home);
  const browser = await chromium.launch({ executablePath: given.browser, args: ['--no-sandbox'] });
  try {
    await takeAll(browser, product);
  } finally {
    await browser.close();
    await product.stop();
    if (given.home === undefined) rmSync(home, { recursive: true, force: true });
  }
}

await main();
