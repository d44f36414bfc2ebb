import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../src/model/people.ts';
import { violationsOf } from '../kit/axe.ts';
import { type Browsing, browsing, withVoices } from '../kit/browse.ts';
import { NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';
import { PAGE_PATHS } from '../kit/page-paths.ts';
import type { TestProduct } from '../kit/product.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Every page but the sign-in, and the one for an address that there is not: a page that is added is visited here, too. */
const PATHS = [...PAGE_PATHS.filter((path) => path !== 'signin'), '*'];

const DESK = { name: '1440 zh', lang: 'zh-CN', viewport: { width: 1440, height: 900 } };
const PHONE = { name: '390 en', lang: 'en', viewport: { width: 390, height: 844 } };
type Look = typeof DESK;

/** What the world of this test is called in Chinese: titles of the file's columns, and the operator. */
const DATA = ['工单号', '受理时间', '类型', '渠道', '小区编码', '内容', '本机操作员'];

const FIRST_LOAD_KB = 500;

/** A table of an experiment with periods, traits and somebody to target: its page then shows everything that it can. */
async function experimentOf(product: TestProduct): Promise<string> {
  const rows = Array.from({ length: 1_200 }, (_, i) => {
    const [arm, young] = [i % 2 === 0 ? 'control' : 'new', i % 3 === 0];
    return `2026-0${1 + (i % 3)},${arm},${(i * 7) % 10 < (arm === 'new' && young ? 2 : 5) ? 1 : 0},${young ? 'young' : 'old'},${i % 60}`;
  });
  const answer = await product.as('me_p', {
    method: 'POST',
    url: '/api/experiments/tables?name=Pilot&arm=arm&metric=left:down&strata=month&balance=age,tenure&features=age,tenure',
    payload: Buffer.from(`month,arm,left,age,tenure\n${rows.join('\n')}\n`),
    headers: { 'content-type': 'application/octet-stream' },
  });
  return (answer.body as { experiment: { id: string } }).experiment.id;
}

describe('every page', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let browsed: Browsing;
  const addresses: string[] = [];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browsed = await browsing();
    const { product } = browsed;
    await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_all', 'all', 'All', 'ou_p', ${[...ROLES]}::text[], 'province')`.execute(
      product.ctx.db,
    );
    await withVoices(browsed);
    const rowsOf = async (url: string): Promise<readonly { id: string }[]> =>
      ((await product.as('me_all', { method: 'GET', url })).body as { rows: readonly { id: string }[] }).rows;
    const [alarm] = await rowsOf('/api/alarms');
    await product.as('me_p', { method: 'POST', url: `/api/alarms/${alarm?.id}/order`, payload: {} });
    const ids: Readonly<Record<string, string | undefined>> = {
      orders: (await rowsOf('/api/orders'))[0]?.id,
      imports: (await rowsOf('/api/imports'))[0]?.id,
      experiments: await experimentOf(product),
    };
    const [voice] = (
      (await product.as('me_all', { method: 'POST', url: '/api/voices/search', payload: { where: [], limit: 1 } })).body as {
        rows: readonly { id: number }[];
      }
    ).rows;
    for (const path of PATHS) {
      const id = ids[path.split('/')[0] ?? ''];
      if (path.includes(':') && id === undefined) throw new Error(`Nothing to show at ${path}: teach this test where its id comes from.`);
      addresses.push(`/${path === '*' ? 'nowhere' : path.replace(/:\w+/, id ?? '')}`);
    }
    addresses.push(
      `/voices?voice=${voice?.id}`,
      `/alarms?tab=historical&alarm=${alarm?.id}`,
      '/alarms/rules?rule=new',
      '/orders?tab=all&new=1',
      '/orders?tab=open&evidence=all&shown=50',
      '/organisation?member=me_a',
      '/api-docs?find=members',
    );
  });
  afterAll(async () => {
    await browsed?.[Symbol.asyncDispose]();
    expect(browsed?.complaints ?? [], 'what the browser complained about').toEqual([]);
  });

  async function open(page: Page, address: string): Promise<void> {
    await page.goto(browsed.base + address);
    await page.locator('h1, .empty').first().waitFor();
    await settled(page);
  }

  it(`has no serious accessibility violation, light or dark, no sideways scroll, one language, nothing refused, at most ${FIRST_LOAD_KB} kB`, async () => {
    const { context, page } = await browsed.signIn('me_all', { viewport: DESK.viewport, colorScheme: 'light' });
    const found: string[] = [];
    const sizes: [string, number][] = [];
    const chinese = await chineseTexts();
    page.on('response', (answer) => {
      if (answer.status() >= 400)
        found.push(`${page.url()}: ${answer.request().method()} ${answer.url()} was answered with ${answer.status()}`);
    });
    const look = async (address: string, { name, lang }: Look): Promise<void> => {
      const tell = (text: string): void => void found.push(`${address} (${name}): ${text}`);
      (await violationsOf(page)).forEach(tell);
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1')) tell('wider than the screen');
      if (lang === PHONE.lang) for (const text of await untranslated(page, chinese)) tell(`in Chinese: ${text}`);
      // The page follows the system; in the dark only its colours are others.
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-theme=dark]').waitFor();
      for (const told of await violationsOf(page, ['color-contrast'])) tell(`dark: ${told}`);
      await page.emulateMedia({ colorScheme: 'light' });
    };
    // Every page is loaded once, by turns at the desk and on the phone, and becomes the other one as it stands.
    let [first, second] = [DESK, PHONE];
    for (const address of addresses) {
      await open(page, address);
      await look(address, first);
      // A chart is fetched after its page and is part of its first load; it came while the page was looked at.
      if (!address.includes('?')) sizes.push([address, await loadedKb(page)]);
      await become(page, second);
      await look(address, second);
      [first, second] = [second, first];
    }
    console.log(`first load, kB gzip: ${sizes.map(([address, kb]) => `${address} ${kb}`).join(' · ')}`);
    expect(found).toEqual([]);
    expect(sizes.every(([, kb]) => kb > 50)).toBe(true);
    expect(sizes.filter(([, kb]) => kb > FIRST_LOAD_KB)).toEqual([]);
    await context.close();
  }, 900_000);
});

/** The same page in the other width and language. The language is changed where its key stands: at the desk. */
async function become(page: Page, { lang, viewport }: Look): Promise<void> {
  await page.setViewportSize(DESK.viewport);
  // Also where a drawer lies over it.
  await page.locator(`.key[lang=${lang}]:visible`).dispatchEvent('click');
  await page.locator(`html[lang=${lang}]`).waitFor();
  await page.setViewportSize(viewport);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  const waiting = page.locator('main .ant-skeleton, main .table-loading');
  for (let i = 0; i < 100 && (await waiting.count()) > 0; i++) await page.waitForTimeout(100);
  await page.waitForTimeout(150);
}

/** Compressed scripts and styles of this page. */
const loadedKb = async (page: Page): Promise<number> =>
  Math.round(
    Number(
      await page.evaluate(
        `performance.getEntriesByType('resource').filter((r) => /\\.(js|css)$/.test(new URL(r.name).pathname)).reduce((sum, r) => sum + r.encodedBodySize, 0)`,
      ),
    ) / 1000,
  );

/** Every Chinese text of the program that reads otherwise in English, as a pattern for a whole line. */
async function chineseTexts(): Promise<readonly RegExp[]> {
  const patterns: RegExp[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node) && typeof node[0] === 'string') {
      const [zh, en] = node as [string, string];
      if (/\p{Script=Han}{2}/u.test(zh) && zh !== en) patterns.push(lineOf(zh));
    } else if (typeof node === 'object' && node !== null) Object.values(node).forEach(walk);
  };
  for (const file of globSync('src/web/i18n/*-texts.ts', { cwd: ROOT })) {
    const texts = (await import(pathToFileURL(ROOT + file).href)) as Record<string, unknown>;
    Object.values(texts).forEach(walk);
  }
  expect(patterns.length).toBeGreaterThan(400);
  return patterns;
}

/** Escaped, with its places open. Of our own texts only. */
const lineOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
    'u',
  );

/** Lines of the page that are one of our own Chinese texts. What customers said and what things are called is data. */
async function untranslated(page: Page, texts: readonly RegExp[]): Promise<readonly string[]> {
  const lines = (await page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const lines = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement.closest('[lang^=zh], .said, .open-voice, mark, code, script, style') === null) lines.push(node.textContent.trim());
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) lines.push((element.getAttribute(name) ?? '').trim());
    return [...new Set(lines)].filter((line) => /\\p{Script=Han}/u.test(line));
  })()`)) as readonly string[];
  return lines.filter((line) => !DATA.includes(line) && texts.some((text) => text.test(line)));
}
