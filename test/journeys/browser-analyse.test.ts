import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../kit/axe.ts';
import { type Browsing, type Sitting, browsing } from '../kit/browse.ts';
import { NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';
import type { TestProduct } from '../kit/product.ts';
import { importFile } from '../scope/worlds.ts';

const DAY_MS = 86_400_000;
const HEADER = '工单号,时间,类型,渠道,小区,客户编号,坐席归类,内容';

/**
 * Four weeks of calm, and in the last whole week an estate whose broadband fails again and again; today has only begun. Times are
 * the province's wall clock.
 */
function fileOfWeeks(nowMs: number): string {
  const wall = (daysAgo: number, hour: number, minute: number): string => {
    const day = new Date(nowMs + 8 * 3_600_000 - daysAgo * DAY_MS).toISOString().slice(0, 10);
    return `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
  };
  const rows: string[] = [];
  for (let day = 1; day <= 28; day++) {
    for (let i = 0; i < 6; i++) {
      rows.push(`c${day}-${i},${wall(day, 9 + i, 5)},投诉,营业厅,A1x,K${i},扣费差错,账单多收费，话费被乱扣 ${day}${i}`);
      rows.push(`s${day}-${i},${wall(day, 10 + i, 5)},抱怨,热线,B1x,,,晚上网速很慢，看视频一直转圈 ${day}${i}`);
    }
  }
  for (let day = 1; day <= 7; day++)
    for (let i = 0; i < 12; i++)
      rows.push(`f${day}-${i},${wall(day, 8, i)},报障,热线,A1x,K${i},,宽带断网了，光猫亮红灯，小区都上不了网 ${day}${i}`);
  rows.push(`t1,${wall(0, 0, 1)},咨询,热线,A1x,,,请问宽带怎么续费`);
  return `${HEADER}\n${rows.join('\n')}\n`;
}

describe('looking into what customers said, in a browser', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let browsed: Browsing;
  let product: TestProduct;
  let base: string;
  let signIn: Browsing['signIn'];
  /** The window of one analyst, who looks into one thing after the other. */
  let desk: Sitting;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browsed = await browsing({ now: `${new Date().toISOString().slice(0, 10)}T06:30:00.000Z`, look: { reducedMotion: 'no-preference' } });
    ({ product, base, signIn } = browsed);
    desk = await signIn('me_p');
  });
  afterAll(async () => {
    await browsed?.[Symbol.asyncDispose]();
    expect(browsed?.complaints ?? [], 'what the browser complained about').toEqual([]);
  });

  /** A figure opened beside the page: what the drawer's head counts. */
  async function openedCount(page: Page): Promise<number> {
    const text = await page
      .locator('.ant-drawer')
      .getByText(/\d[\d,]* 条/)
      .first()
      .textContent();
    const found = /(\d[\d,]*) 条/.exec(text ?? '')?.[1] ?? '';
    await page.keyboard.press('Escape');
    await page.locator('.ant-drawer-open').waitFor({ state: 'detached' });
    return Number(found.replaceAll(',', ''));
  }

  it('an empty product leads to the checklist, which says what is really there and lets a step be skipped', async () => {
    const { page } = desk;
    await page.goto(`${base}/overview`);
    await page.getByRole('heading', { level: 1, name: '还没有客户声音' }).waitFor();
    await page.getByRole('link', { name: '打开上手清单' }).click();
    await page.getByRole('heading', { level: 1, name: '还差 3 步就能用起来' }).waitFor();
    // Rules that came with the pack are nobody's step.
    expect(await page.locator('.checklist > li.done').count()).toBe(2);
    for (const step of [4, 3]) await page.locator('.checklist > li').nth(step).getByRole('button', { name: '跳过' }).click();
    await page.getByRole('heading', { level: 1, name: '还差 1 步' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('./voxloop scenario load sample');
    const world = {
      product,
      do: async <T>(member: string, request: Parameters<TestProduct['as']>[1]) => (await product.as(member, request)).body as T,
    };
    await importFile(world, 'me_p', 'weeks.csv', 'hotline', fileOfWeeks(product.clock.nowMs()));
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /没有待办的步骤/ }).waitFor();
  });

  it('the overview names the biggest real change with its base and its place, and a day that has only begun is no fall', async () => {
    const { page } = desk;
    await page.goto(`${base}/overview`);
    const head = page.getByRole('heading', { level: 1 }).filter({ hasText: '条' });
    await head.waitFor();
    const words = (await head.textContent()) ?? '';
    expect(words).toContain('（0 → 84 条）');
    expect(words).toContain('A小区');
    expect(words).not.toContain('下降');
    expect(await page.locator('.page-head').textContent()).toContain('7 个整天');
    for (const i of [0, 1]) {
      const link = head.getByRole('link').nth(i);
      const said = Number(/→ ([\d,]+) 条/.exec((await link.textContent()) ?? '')?.[1]);
      await link.click();
      expect(await openedCount(page)).toBe(said);
    }
    const figure = page.locator('.strip b a').first();
    const shown = Number((await figure.textContent())?.replaceAll(/\D/g, ''));
    expect(shown).toBe(168);
    await figure.click();
    expect(await openedCount(page)).toBe(shown);
  });

  it('the ranking leads step by step to the place, and every figure on the way opens as many voices as it says', async () => {
    const { page } = desk;
    await page.goto(`${base}/pain-points?rank=category_1`);
    for (const [depth, name] of ['问题大类', '问题中类', '问题小类'].entries()) {
      await page.locator('.data-table thead th').first().filter({ hasText: name }).waitFor();
      const row = page.locator('.data-table tbody tr').first();
      const figure = row.locator('.bar-cell a');
      await figure.waitFor();
      const shown = Number((await figure.textContent())?.replaceAll(/\D/g, ''));
      await figure.click();
      expect(await openedCount(page)).toBe(shown);
      await row.locator('td').first().getByRole('link').click();
      await expect.poll(() => page.locator('.crumb').count()).toBe(depth + 1);
    }
    await page.locator('.data-table thead th').first().filter({ hasText: '区县' }).waitFor();
    await page.goBack();
    await expect.poll(() => page.locator('.crumb').count()).toBe(2);
    await page.locator('.crumbs').getByRole('link', { name: '全部' }).click();
    await expect.poll(() => page.locator('.crumb').count()).toBe(0);
  });

  it('hot words of a cause count the voices that say them', async () => {
    const { page } = desk;
    await page.goto(`${base}/pain-points?view=words&f=kind:fault`);
    const line = page.locator('table.words tbody tr').filter({ hasText: '光猫' }).first();
    const figure = line.locator('td').nth(1).getByRole('link');
    await figure.waitFor();
    const shown = Number((await figure.textContent())?.replaceAll(/\D/g, ''));
    expect(shown).toBe(84);
    await figure.click();
    expect(await openedCount(page)).toBe(shown);
  });

  it('the knowledge map finds a cause by its first letters and shows whose it is, how it is explained and what was said', async () => {
    const { page } = desk;
    await page.goto(`${base}/knowledge`);
    await page
      .getByRole('searchbox', { name: '查找原因' })
      .or(page.getByPlaceholder(/拼音首字母/))
      .first()
      .fill('kddw');
    await page.locator('.tree .leaf').filter({ hasText: '断网' }).first().getByRole('link').first().click();
    await page.locator('.leaf-view h2').filter({ hasText: '断网' }).waitFor();
    const leaf = page.locator('.leaf-view');
    await leaf.getByText('识别得怎样').waitFor();
    expect(await leaf.textContent()).toContain('责任部门');
    const figure = leaf.locator('header .figure').first();
    const shown = Number((await figure.textContent())?.replaceAll(/\D/g, ''));
    expect(shown).toBeGreaterThan(0);
    await figure.click();
    expect(await openedCount(page)).toBe(shown);
  });

  it('a value that nobody knows is said to be unknown, with the nearest ones, instead of a quiet zero', async () => {
    const { page } = desk;
    await page.goto(`${base}/pain-points?f=kind:complaints`);
    await page
      .getByRole('alert')
      .getByText(/没有取值“complaints”/)
      .waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('complaint (投诉');
  });

  it('the help answers without a network, in the reader’s language', async () => {
    const { context, page } = await signIn('me_p', { locale: 'en-GB' });
    await page.goto(`${base}/help?doc=glossary`);
    await page.getByRole('heading', { level: 1, name: /Look up a measure/ }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'Complaint share' }).waitFor();
    await context.setOffline(true);
    await page.getByPlaceholder('Search the help').fill('complaint share');
    await page.getByText('Complaints ÷ voices').first().waitFor();
    expect(await page.locator('main a[href^="http"]').count()).toBe(0);
    await context.setOffline(false);
    await context.close();
  });

  it('an agent begins with the form of a recording, sees what waits for him and no statistics', async () => {
    const { context, page } = await signIn('me_ag');
    await page.goto(`${base}/`);
    await page.waitForURL(/\/record/);
    await page.goto(`${base}/overview`);
    await page.getByRole('heading', { level: 1, name: /没有等你处理的工单/ }).waitFor();
    expect(await page.getByRole('link', { name: '痛点分析' }).count()).toBe(0);
    await page.goto(`${base}/knowledge`);
    await page.locator('.leaf-view').getByText('词条').waitFor();
    await context.close();
  });

  it.each([
    ['desk, light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
    ['phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ] as const)('every one of these pages stands within its window and troubles no reader: %s', async (_, look) => {
    const { context, page } = await signIn('me_p', look);
    for (const path of [
      '/overview',
      '/pain-points',
      '/pain-points?view=touchpoints',
      '/pain-points?view=words&f=kind:fault',
      '/knowledge',
      '/knowledge?view=matrix',
      '/knowledge?view=unmapped',
    ]) {
      await page.goto(base + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('load');
      await page.waitForTimeout(400);
      const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(over, `${path} is wider than its window`).toBe(0);
      expect(await violationsOf(page), path).toEqual([]);
    }
    await context.close();
  });
});
