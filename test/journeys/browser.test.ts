import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureWebBuilt } from '../../scripts/build-web.ts';
import { newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { addSignInLink } from '../../src/people/sessions.sql.ts';
import { CHROMIUM_FLAGS, NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';

/** What a person does in a day, in a real browser: sign in, import, look, open a number, raise and work an order. */
describe('in a browser', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let product: TestProduct;
  let browser: Browser;
  let base: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    await ensureWebBuilt(() => {});
    product = await testProduct({ env: { VOXLOOP_PORT: '0' } });
    product.clock.set(new Date().toISOString());
    await twoCities(product.ctx);
    base = await product.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: [...CHROMIUM_FLAGS] });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.[Symbol.asyncDispose]();
    expect(complaints, 'what the browser complained about').toEqual([]);
  });

  async function signIn(
    member: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ context: BrowserContext; page: Page }> {
    const token = newToken();
    product.clock.advanceMs(1000);
    await addSignInLink(product.ctx.db, tokenHash(token), member, product.ctx.clock.now(), 15);
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...options,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
    });
    await page.goto(`${base}/signin?token=${token}`);
    await page.locator('.sign-in .ant-btn-primary').click();
    await page.waitForURL((url) => url.pathname !== '/signin');
    return { context, page };
  }

  /** Thirty broadband faults of one estate within an hour, and some other voices. */
  function fileOfVoices(): string {
    const now = product.clock.nowMs();
    const at = (minutesAgo: number): string =>
      new Date(now - minutesAgo * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const faults = Array.from(
      { length: 30 },
      (_, i) => `F${i},${at(90 - i)},报障,热线,A1x,宽带断网了，光猫亮红灯，小区都上不了网，电话1391234${1000 + i}`,
    );
    const others = Array.from({ length: 20 }, (_, i) => `O${i},${at(2000 + i * 7)},投诉,营业厅,B1x,账单多收费，乱扣费 ${i}`);
    const path = join(product.home, 'voices.csv');
    writeFileSync(path, `工单号,受理时间,类型,渠道,小区编码,内容\n${[...faults, ...others, 'F0,,,,,'].join('\n')}\n`);
    return path;
  }

  it('takes a file from the choice of columns to stored voices', async () => {
    const { context, page } = await signIn('me_p');
    await page.goto(`${base}/imports`);
    await page.locator('input[type=file]').setInputFiles(fileOfVoices());
    await page.locator('.drop input[type=search], .drop .ant-select input').first().fill('热线工单');
    await page.keyboard.press('Escape');
    await page.locator('.drop .ant-btn-primary').click();
    await page.waitForURL(/\/imports\/.+/);
    await page.getByRole('button', { name: '检查（不写入）' }).click();
    await page.getByRole('button', { name: '导入 50 行' }).click({ timeout: 20_000 });
    await page
      .getByRole('link', { name: /查看|声音/ })
      .first()
      .waitFor({ timeout: 20_000 });
    await product.settle();
    const count = await product.ctx.warehouse.select('select count(*) as n from voice_rows', []);
    expect(count[0]?.['n']).toBe(50);
    await context.close();
  });

  it('opens any figure of the explorer as exactly so many voices', async () => {
    const { context, page } = await signIn('me_p');
    await page.goto(`${base}/pain-points?measures=voices&by=category`);
    const figures = page.locator('table.numbers tbody td a');
    await figures.first().waitFor();
    const shown = (await figures.allTextContents()).map((text) => Number(text.replaceAll(/\D/g, '')));
    expect(shown.reduce((a, b) => a + b, 0)).toBe(50);
    await figures.first().click();
    await page.waitForURL(/\/voices/);
    await page
      .getByRole('heading', { level: 1 })
      .filter({ hasText: `${shown[0]} 条` })
      .waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/1391234\d{4}/);
    await context.close();
  });

  it('turns an alarm into an order that the department works off, and says whether it helped', async () => {
    const analyst = await signIn('me_p');
    await analyst.page.goto(`${base}/alarms`);
    await analyst.page.getByRole('button', { name: /工单/ }).first().click();
    await analyst.page.waitForURL(/\/orders\/.+/);
    const address = analyst.page.url();
    await analyst.context.close();
    const { context, page } = await signIn('me_an');
    await page.goto(address);
    for (const [name, note] of [
      ['受理', null],
      ['开始处理', null],
      ['处理完成', '更换光缆接头'],
      ['关闭', '已回访'],
    ] as const) {
      product.clock.advanceMs(60_000);
      // On the page itself: a sheet that is just going away has a button to close it, too.
      const step = page.locator('main').getByRole('button', { name, exact: true });
      await step.click();
      if (note !== null) {
        const sheet = page
          .locator('.ant-modal, .ant-drawer')
          .filter({ has: page.locator('textarea') })
          .last();
        await sheet.locator('textarea').fill(note);
        await sheet.locator('.ant-btn-primary').click();
        await sheet.waitFor({ state: 'hidden' });
      }
      await step.waitFor({ state: 'detached', timeout: 15_000 });
    }
    await product.settle();
    await page.reload();
    await page
      .getByText(/为时过早|时间还短|太早|尚早|减少|下降|没有明显变化|未见明显变化|上升/)
      .first()
      .waitFor();
    await context.close();
  });

  it.each([
    ['desk', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' as const }],
    ['phone', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const }],
  ])('has no serious accessibility violation on any page (%s)', async (_name, options) => {
    const { context, page } = await signIn('me_p', options);
    const found: string[] = [];
    for (const path of ['/overview', '/pain-points', '/voices', '/alarms', '/alarms/rules', '/orders', '/imports', '/organisation']) {
      await page.goto(base + path);
      await page
        .locator('h1')
        .first()
        .waitFor()
        .catch(() => found.push(`${path}: no heading within half a minute`));
      await page.waitForTimeout(300);
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const v of violations) {
        if (v.impact === 'serious' || v.impact === 'critical')
          found.push(`${path}: ${v.id} (${v.nodes.length}): ${v.nodes[0]?.html.slice(0, 120)}`);
      }
      const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1');
      if (overflow) found.push(`${path}: the page is wider than the screen`);
    }
    expect(found).toEqual([]);
    await context.close();
  });

  it('was built before it was looked at', () => {
    expect(existsSync(new URL('../../dist/web/index.html', import.meta.url))).toBe(true);
  });
});
