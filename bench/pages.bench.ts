import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, NO_CHROMIUM, chromiumPath } from '../test/kit/chromium.ts';
import { startProduct } from '../test/screenshots/running-product.ts';
import { percentile, printMachine, printTable } from './kit/report.ts';

/**
 * What a person waits for in the browser, on the product with the sample province: a page that a browser has never seen, until its
 * first row and its first chart stand; and what a key or a click does, until the frame that shows it. Clocked inside of the page.
 * `npm run bench pages [HOME]`: a home that is there already is used and kept.
 */
const GATE_COLD_MS = 1500;
const GATE_PRESS_MS = 100;
const COLD_RUNS = 10;
const PRESSES = 30;

const [given] = process.argv.slice(2);
const home = given ?? mkdtempSync(join(tmpdir(), 'voxloop-bench-pages-'));
const rows: string[][] = [];
let met = true;

function report(what: string, times: readonly number[], gateMs: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [half, most] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
  met &&= most <= gateMs;
  rows.push([what, `${sorted.length}`, half.toFixed(0), most.toFixed(0), `≤ ${gateMs}`, most <= gateMs ? 'met' : 'NOT met']);
}

// Texts, not functions: this file is checked without the browser's types.
/** Waits, frame by frame, until `holds`, then until that frame is painted; the time since `from`, in milliseconds. */
const untilPainted = (holds: string, from: string): string => `new Promise((resolve) => {
  const look = () => (${holds}) ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - (${from})))) : requestAnimationFrame(look);
  look();
})`;
/** The page remembers when the last key or click came, by the browser's own clock. */
const REMEMBER = `for (const kind of ['keydown', 'pointerdown'])
  addEventListener(kind, (event) => { window.pressedAt = event.timeStamp; }, { capture: true });`;

async function cold(browser: Browser, state: string, address: string, holds: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: JSON.parse(state) as never });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  const ms = Number(await page.evaluate(untilPainted(holds, '0')));
  await context.close();
  return ms;
}

/** How long each press takes until its frame; `act` presses, `back` makes ready for the next one. */
async function pressed(
  page: Page,
  holds: (i: number) => string,
  act: (i: number) => Promise<void>,
  back: () => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < PRESSES; i++) {
    await page.evaluate('window.pressedAt = undefined');
    const waiting = page.evaluate(untilPainted(`window.pressedAt !== undefined && (${holds(i)})`, 'window.pressedAt'));
    await act(i);
    times.push(Number(await waiting));
    await back();
    await page.waitForTimeout(100);
  }
  return times;
}

const has = (selector: string): string => `document.querySelector(${JSON.stringify(selector)}) !== null`;
const FIRST_ROW = has('.data-table tbody tr[data-key]');
const FIRST_CHART = has('.chart svg path, [role=img] svg path');

async function measureCold(browser: Browser, state: string, base: string): Promise<void> {
  const timesOf = async (address: string, holds: string): Promise<number[]> => {
    const times: number[] = [];
    for (let i = 0; i < COLD_RUNS; i++) times.push(await cold(browser, state, base + address, holds));
    return times;
  };
  report('cold /pain-points until the first row', await timesOf('/pain-points', FIRST_ROW), GATE_COLD_MS);
  report(
    'cold /pain-points, a question by day, until the first chart',
    await timesOf('/pain-points?m=voices&by=day', FIRST_CHART),
    GATE_COLD_MS,
  );
}

async function measurePresses(context: BrowserContext, base: string): Promise<void> {
  const page = await context.newPage();
  const open = async (address: string): Promise<void> => {
    await page.goto(base + address);
    await page.locator('.data-table tbody tr[data-key]').first().waitFor();
    await page.waitForTimeout(500);
  };
  const nothing = (): Promise<void> => Promise.resolve();
  await open('/pain-points?rank=category');
  const palette = await pressed(
    page,
    () => has('.palette-list li'),
    () => page.keyboard.press('Control+k'),
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('.palette-list').waitFor({ state: 'hidden' });
    },
  );
  report('open the palette', palette, GATE_PRESS_MS);
  const sortKeys = page.locator('.data-table th.number button.sort');
  const columns = await sortKeys.count();
  const sorted = await pressed(
    page,
    (i) => `document.querySelectorAll('.data-table th.number')[${i % columns}]?.hasAttribute('aria-sort') === true`,
    (i) => sortKeys.nth(i % columns).click(),
    nothing,
  );
  report('sort a table', sorted, GATE_PRESS_MS);
  await page.locator('.data-table tbody tr[data-key]').first().focus();
  const picked = await pressed(
    page,
    (i) => `document.querySelectorAll('tr.marked').length === ${(i + 1) % 2}`,
    () => page.keyboard.press('Space'),
    nothing,
  );
  report('pick a row', picked, GATE_PRESS_MS);
  await open('/voices?period=30d');
  const drawer = await pressed(
    page,
    () => has('.ant-drawer-open .ant-drawer-body'),
    (i) =>
      page
        .locator('.data-table tbody tr[data-key] td:nth-child(3)')
        .nth(i % 10)
        .click(),
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('.ant-drawer-open').waitFor({ state: 'hidden' });
    },
  );
  report('open the drawer of a voice', drawer, GATE_PRESS_MS);
  const word = page.locator('.query-form input.ant-input').first();
  const words = ['宽带', '扣费', '信号', '套餐', '流量'];
  const filtered = await pressed(
    page,
    (i) =>
      `new URLSearchParams(location.search).get('q') === '${words[i % words.length]}' && ${has('.data-table table[aria-busy=false] tbody tr')}`,
    async (i) => {
      // Typing is not what is measured: only Enter, which asks.
      await page.evaluate('window.pressedAt = undefined');
      await word.fill(words[i % words.length] ?? '');
      await word.press('Enter');
    },
    nothing,
  );
  report('filter the voices by a word (asks the server)', filtered, GATE_PRESS_MS);
  await page.close();
}

if (chromiumPath() === null) {
  console.log(NO_CHROMIUM);
  process.exit(0);
}
const product = await startProduct(home);
const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: [...CHROMIUM_FLAGS] });
try {
  printMachine(`pages: the sample province in a browser; ${COLD_RUNS} cold loads, ${PRESSES} presses of a kind`);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(REMEMBER);
  const page = await context.newPage();
  await page.goto(product.links.get('analyst') ?? '');
  await page.locator('.sign-in .ant-btn-primary').click();
  await page.waitForURL((url) => url.pathname !== '/signin');
  await page.close();
  await measureCold(browser, JSON.stringify(await context.storageState()), product.base);
  await measurePresses(context, product.base);
  printTable(['what', 'times', 'median ms', 'p95 ms', 'gate ms', ''], rows);
  console.log(met ? '\nAll gates met.' : '\nNOT all gates met.');
} finally {
  await browser.close();
  await product.stop();
  if (given === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
