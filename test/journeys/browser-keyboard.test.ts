import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '../../src/people/passwords.client.ts';
import { VIEW_PAGES } from '../../src/web/kit/view-pages.ts';
import { type Browsing, browsing, voicesFile, withVoices } from '../kit/browse.ts';
import { NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';

const MOST_TABS = 120;

/** The core tasks of a day without a mouse: nothing here clicks. */
describe('by keyboard alone', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let browsed: Browsing;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browsed = await browsing();
    await withVoices(browsed);
  });
  afterAll(async () => {
    await browsed?.[Symbol.asyncDispose]();
    expect(browsed?.complaints ?? [], 'what the browser complained about').toEqual([]);
  });

  /** Tab until what has the focus is it; its name as a reader would hear it. */
  async function reach(page: Page, wanted: string, backwards = false): Promise<void> {
    const passed: string[] = [];
    for (let i = 0; i < MOST_TABS; i++) {
      const name = String(await page.evaluate(FOCUSED));
      if (new RegExp(wanted).test(name)) return;
      passed.push(name.slice(0, 30));
      await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`Tab never reaches “${wanted}” at ${page.url()}; it passed ${passed.join(' | ')}`);
  }

  it('signs in by password, goes to a page by its initials, and changes the language', async () => {
    const { product, base, signIn } = browsed;
    await sql`update members set password_hash = ${await hashPassword('a long enough password')} where id = 'me_p'`.execute(product.ctx.db);
    const { context, page } = await signIn('me_an');
    await context.clearCookies();
    await page.goto(`${base}/signin`);
    await reach(page, '^账号');
    await page.keyboard.type('province');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a long enough password');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname !== '/signin');
    await page.locator('h1').first().waitFor();
    await openPalette(page);
    await page.keyboard.type('khsy');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/voices/);
    await reach(page, '^English$');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'voices fit' }).waitFor();
    await context.close();
  });

  it('opens the kept views of every page that keeps some, each on its page', async () => {
    const { product, base, signIn } = browsed;
    for (const page of Object.keys(VIEW_PAGES)) {
      const payload = { page, name: `夜班 ${page}`, query: 'kept=1', audience: 'private' };
      expect((await product.as('me_p', { method: 'POST', url: '/api/views', payload })).status).toBe(200);
    }
    const { context, page } = await signIn('me_p');
    await page.goto(`${base}/overview`);
    for (const [name, path] of Object.entries(VIEW_PAGES)) {
      await openPalette(page);
      await page.keyboard.type(`夜班 ${name}`);
      await page.locator('.palette-list li').first().waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === path && url.searchParams.get('kept') === '1');
      await page.locator('h1').first().waitFor();
      expect([name, await page.getByRole('heading', { name: '没有这个页面' }).count()]).toEqual([name, 0]);
    }
    await context.close();
  });

  it('finds the voices of a cause, reads them one after the other, and goes back', async () => {
    const { product, base, signIn } = browsed;
    const { context, page } = await signIn('me_p');
    await page.goto(`${base}/voices?period=all`);
    await page.locator('tbody tr').first().waitFor();
    await reach(page, '^问题小类');
    await page.keyboard.type('宽带断网');
    await page.locator('.ant-select-item-option-active').filter({ hasText: '宽带断网' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.ant-select-selection-item, .ant-select-content-item').filter({ hasText: '宽带断网' }).first().waitFor();
    await page.keyboard.press('Escape');
    await reach(page, '^查\\s*询$');
    await page.keyboard.press('Enter');
    await page.waitForURL(/f=category/);
    await page.getByRole('heading', { level: 1 }).filter({ hasText: '30 条' }).waitFor();
    await reach(page, '^row:');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/voice=/);
    await page.locator('.ant-drawer .said').first().waitFor();
    await reach(page, '^下一条$');
    const first = page.url();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href !== first);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('voice='));
    // A drawer on a later page leaves the way back to the page before.
    await product.as('me_p', { method: 'PUT', url: '/api/me/preferences', payload: { page_size: 20 } });
    await page.reload();
    await page.getByRole('link', { name: '下一页' }).click();
    await page.waitForURL(/after=20/);
    await page.locator('.data-table table[aria-busy=false] tbody tr').first().press('Enter');
    await page.waitForURL(/voice=/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('voice='));
    await page.getByRole('link', { name: '上一页' }).waitFor();
    await product.as('me_p', { method: 'PUT', url: '/api/me/preferences', payload: { page_size: 50 } });
    await context.close();
  });

  it('opens an alarm’s figure as exactly its voices, acknowledges it, makes its order and accepts it', async () => {
    const { product, base, signIn } = browsed;
    const { context, page } = await signIn('me_an');
    await page.goto(`${base}/alarms`);
    await page.locator('tbody tr').first().waitFor();
    const shown = (await page.locator('tbody a.figure').first().textContent())?.trim() ?? '';
    await reach(page, `^${shown}$`);
    await page.keyboard.press('Enter');
    await page.getByText(`共 ${shown} 条，与数字一致`).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('evidence='));
    await reach(page, '^确\\s*认$');
    await page.keyboard.press('Enter');
    await page.locator('.ant-modal textarea').waitFor();
    await reach(page, '^原因');
    await page.keyboard.type('已派人到场');
    await reach(page, '^确\\s*认$');
    await page.keyboard.press('Enter');
    await page.getByText('已派人到场').first().waitFor();
    await page.locator('.ant-modal textarea').waitFor({ state: 'hidden' });
    // The list may be drawn anew between finding the key and pressing it, as it shows what was just acknowledged.
    await vi.waitFor(
      async () => {
        if (/\/orders\/.+/.test(page.url())) return;
        await reach(page, '^转工单$');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/orders\/.+/, { timeout: 15_000 });
      },
      { timeout: 60_000 },
    );
    await page.locator('h1').first().waitFor();
    await reach(page, '^受\\s*理$');
    await page.keyboard.press('Enter');
    await reach(page, '^开始处理$');
    // A colleague’s step meanwhile is told; it takes neither the sheet nor what was written.
    await reach(page, '^处理完成$');
    await page.keyboard.press('Enter');
    await page.locator('.ant-modal textarea').waitFor();
    await reach(page, '^处理结果');
    await page.keyboard.type('已换光猫');
    const url = `/api/orders/${new URL(page.url()).pathname.split('/').at(-1)}`;
    const { version } = ((await product.as('me_an', { url })).body as { order: { version: number } }).order;
    const step = { method: 'POST', url: `${url}/actions`, payload: { action: 'start', version } } as const;
    expect((await product.as('me_an', step)).status).toBe(200);
    await reach(page, '^处理完成$');
    await page.keyboard.press('Enter');
    await page.getByText('别人刚改过').waitFor();
    expect(await page.locator('.ant-modal textarea').inputValue()).toBe('已换光猫');
    await page.keyboard.press('Enter');
    await page.locator('.ant-modal textarea').waitFor({ state: 'hidden' });
    await context.close();
  });

  it('imports a file', async () => {
    const { product, base, signIn } = browsed;
    const { context, page } = await signIn('me_p');
    const path = join(product.home, 'second.csv');
    writeFileSync(path, voicesFile(product.clock.nowMs()).replaceAll(/^([FO])/gm, 'K$1'));
    // Listened for from here on: the browser takes a moment until it hands over its dialogs.
    const chooser = page.waitForEvent('filechooser');
    await page.goto(`${base}/imports`);
    await page.locator('h1').first().waitFor();
    await reach(page, '^选择文件');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(path);
    await page.waitForTimeout(300);
    await reach(page, '来源|source');
    await page.keyboard.type('second');
    await page.keyboard.press('Escape');
    await reach(page, '^上传并识别');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/imports\/.+/);
    await reach(page, '^试运行$');
    await page.keyboard.press('Enter');
    await reach(page, '^试运行（不写入）');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^导入 \d+ 行/ }).waitFor();
    await reach(page, '^导入 \\d+ 行');
    await page.keyboard.press('Enter');
    await page
      .getByRole('link', { name: /查看|声音/ })
      .first()
      .waitFor();
    await context.close();
  });
});

/** Who presses before the page listens presses again. */
async function openPalette(page: Page): Promise<void> {
  await vi.waitFor(
    async () => {
      await page.keyboard.press('Control+k');
      await page.locator('.palette-input').waitFor({ timeout: 3_000 });
    },
    { timeout: 30_000 },
  );
}

/** What a reader would call what has the focus. */
const FOCUSED = `(() => {
  const el = document.activeElement;
  if (el === null || el === document.body) return '';
  if (el.tagName === 'TR') return 'row:' + el.textContent;
  if (el.type === 'file') return 'file:';
  const label = el.getAttribute('aria-label') ?? (el.id === '' ? null : document.querySelector('label[for="' + CSS.escape(el.id) + '"]')?.textContent) ?? el.closest('label')?.textContent;
  return (label ?? el.textContent ?? '').trim();
})()`;
