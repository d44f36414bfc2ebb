import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browsing, browsing, voicesFile } from '../kit/browse.ts';
import { NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';
import type { TestProduct } from '../kit/product.ts';

/** What a person does in a day, in a real browser: sign in, import, look, open a number, raise and work an order. */
describe('in a browser', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let browsed: Browsing;
  let product: TestProduct;
  let base: string;
  let signIn: Browsing['signIn'];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browsed = await browsing();
    ({ product, base, signIn } = browsed);
  });
  afterAll(async () => {
    await browsed?.[Symbol.asyncDispose]();
    expect(browsed?.complaints ?? [], 'what the browser complained about').toEqual([]);
  });

  function fileOfVoices(): string {
    const path = join(product.home, 'voices.csv');
    writeFileSync(path, voicesFile(product.clock.nowMs()));
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
    await page.getByRole('button', { name: '下一步：列映射' }).click();
    await page.getByText('试运行', { exact: true }).first().click();
    await page.getByRole('button', { name: '试运行（不写入）' }).click();
    await page.getByRole('button', { name: '导入 50 行' }).click();
    await page
      .getByRole('link', { name: /查看|声音/ })
      .first()
      .waitFor();
    await product.settle();
    const count = await product.ctx.warehouse.select('select count(*) as n from voice_rows', []);
    expect(count[0]?.['n']).toBe(50);
    await context.close();
  });

  it('opens any figure of the explorer as exactly so many voices', async () => {
    const { context, page } = await signIn('me_p');
    await page.goto(`${base}/pain-points?view=ask&m=voices&by=category`);
    const figures = page.locator('table.numbers tbody td a');
    await figures.first().waitFor();
    const shown = (await figures.allTextContents()).map((text) => Number(text.replaceAll(/\D/g, '')));
    expect(shown.reduce((a, b) => a + b, 0)).toBe(50);
    await figures.first().click();
    await page.getByText(`共 ${shown[0]} 条，与数字一致`).waitFor();
    await page.getByRole('link', { name: '在“客户声音”页打开' }).click();
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
      await step.waitFor({ state: 'detached' });
    }
    await product.settle();
    await page.reload();
    await page
      .getByText(/为时过早|时间还短|太早|尚早|减少|下降|没有明显变化|未见明显变化|上升/)
      .first()
      .waitFor();
    await context.close();
  });

  it('was built before it was looked at', () => {
    expect(existsSync(new URL('../../dist/web/index.html', import.meta.url))).toBe(true);
  });
});
