import { sql } from 'kysely';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureWebBuilt } from '../../scripts/build-web.ts';
import { newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { openSession } from '../../src/people/sessions.sql.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { timeSortedIds } from '../../src/platform/new-id.ts';
import { plantScripts } from '../attacks/planted.ts';
import { JOURNEY_FLAGS, NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';
import { PAGE_PATHS } from '../kit/page-paths.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';

/** Every page that needs no id, once somebody has signed in. */
const PAGES = PAGE_PATHS.filter((path) => !path.includes(':') && path !== 'signin').map((path) => `/${path}`);

describe('scripts planted in every text', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let product: TestProduct;
  let browser: Browser;
  let base: string;
  let single: readonly string[];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    await ensureWebBuilt(() => {});
    product = await testProduct({ ids: timeSortedIds(systemClock), env: { VOXLOOP_PORT: '0' } });
    product.clock.set(new Date().toISOString());
    await twoCities(product.ctx);
    await sql`update members set roles = '{analyst,manager,quality}' where id = 'me_p'`.execute(product.ctx.db);
    await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_o', 'office', '<img src=x onerror=window.__pwn(99)>', 'ou_p',
      '{system-admin,security-admin,audit-admin}', 'province')`.execute(product.ctx.db);
    single = await plantScripts(product);
    base = await product.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: [...JOURNEY_FLAGS] });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
  });

  async function pageOf(member: string, locale: 'zh' | 'en', heard: string[]): Promise<Page> {
    const token = newToken();
    // The sessions of an account are listed by what their browsers say they are.
    await openSession(product.ctx.db, tokenHash(token), member, product.ctx.clock.now(), { name: '<img src=x onerror=window.__pwn(98)>' });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: locale === 'zh' ? 'zh-CN' : 'en-GB' });
    await context.addCookies([{ name: 'voxloop_session', value: token, url: base }]);
    await context.addInitScript(`localStorage.setItem('voxloop.locale', '${locale}')`);
    const page = await context.newPage();
    await page.exposeFunction('__pwn', (which: number) => heard.push(`script ${which} ran on ${page.url()}`));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) heard.push(`${page.url()}: ${message.text()}`);
    });
    page.on('dialog', (dialog) => heard.push(`${page.url()}: a dialog said ${dialog.message()}`) && void dialog.dismiss());
    return page;
  }

  it('would be heard if they ran', async () => {
    const heard: string[] = [];
    const page = await pageOf('me_p', 'zh', heard);
    await page.goto(`${base}/overview`);
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__pwn(1)>')`);
    await page.waitForTimeout(500);
    expect(heard.join()).toContain('Content Security Policy');
    await page.evaluate('window.__pwn(2)');
    expect(heard.join()).toContain('script 2 ran');
    await page.context().close();
  });

  /** What waits for the mouse, the focus or a click gets it; the pointer itself goes over the charts, which show their tips to it. */
  async function tease(page: Page): Promise<void> {
    await page.evaluate(`for (const one of document.querySelectorAll('main *, .ant-drawer *')) {
      for (const name of ['mouseover', 'pointerover']) one.dispatchEvent(new MouseEvent(name, { bubbles: true }));
    }`);
    for (let i = 0; i < 4; i++) {
      const box = (await page.evaluate(`(() => {
        const chart = document.querySelectorAll('main [role=img]')[${i}];
        chart?.scrollIntoView({ block: 'center' });
        const box = chart?.getBoundingClientRect();
        return box === undefined ? null : { x: box.x, y: box.y, width: box.width, height: box.height };
      })()`)) as { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
      if (box === null) return;
      for (const part of [0.2, 0.5, 0.8]) await page.mouse.move(box.x + box.width * part, box.y + box.height * 0.6);
    }
  }

  /**
   * Opens a page, teases it, and says whether scripts stand there, as text; `planted`: waits until they do. The frame of the page
   * does not count: it has the name of the reader, which is one itself.
   */
  async function visit(page: Page, path: string, planted = false): Promise<boolean> {
    await page.goto(base + path);
    await page.waitForSelector('h1, .empty, [role=alert], form');
    await page.waitForSelector('.ant-skeleton', { state: 'detached' });
    if (planted) await page.locator('main').filter({ hasText: '__pwn' }).waitFor();
    await tease(page);
    return (await page.locator('main').allInnerTexts()).join().includes('__pwn');
  }

  /** Two windows at once: each waits more than it works. Answers where scripts were seen; in `shown` they must be. */
  async function visitAll(
    member: string,
    locale: 'zh' | 'en',
    paths: { readonly shown: readonly string[]; readonly others: readonly string[] },
    heard: string[],
  ): Promise<readonly string[]> {
    const left = [...new Set([...paths.shown, ...paths.others])];
    const seen: string[] = [];
    const walk = async (): Promise<void> => {
      const page = await pageOf(member, locale, heard);
      for (let path = left.shift(); path !== undefined; path = left.shift())
        if (await visit(page, path, paths.shown.includes(path))) seen.push(path);
      await page.context().close();
    };
    await Promise.all([walk(), walk()]);
    return seen;
  }

  it('run on no page of those who read what customers said', async () => {
    const heard: string[] = [];
    const shown = [
      '/account',
      '/experiments',
      '/orders',
      '/alarms',
      '/handling?tab=cost',
      ...single.filter((path) => path.startsWith('/experiments/')),
    ];
    const seen = await visitAll('me_p', 'zh', { shown, others: [...PAGES, ...single] }, heard);
    expect(heard).toEqual([]);
    expect(seen.length).toBeGreaterThan(20);
  });

  it('run on no page of those who administer, nor in what opens beside it', async () => {
    const heard: string[] = [];
    const others = [...PAGES, '/organisation?member=me_p', '/organisation?unit=ou_a1', '/audit?kind=login'];
    await visitAll('me_o', 'en', { shown: ['/account', '/audit', '/organisation'], others }, heard);
    const page = await pageOf('me_o', 'en', heard);
    for (const action of [
      'order.comment',
      'alarm.acknowledge',
      'experiment.stop',
      'call.outcome',
      'handling.change',
      'token.add',
      'export.table',
    ]) {
      await page.goto(`${base}/audit?action=${action}`);
      await page.locator('tbody tr[data-key]').first().click();
      await page.locator('.ant-drawer').filter({ hasText: '__pwn' }).first().waitFor();
      await tease(page);
    }
    expect(heard).toEqual([]);
    await page.context().close();
  });
});
