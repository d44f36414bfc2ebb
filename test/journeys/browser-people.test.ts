import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword, newToken } from '../../src/people/passwords.client.ts';
import { type Browsing, browsing } from '../kit/browse.ts';
import { NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';
import type { TestProduct } from '../kit/product.ts';

const ADMINISTRATORS = ['system-admin', 'security-admin', 'audit-admin'] as const;

/** What the three administrators and a new member do in a real browser. */
describe('in a browser, people', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let browsed: Browsing;
  let product: TestProduct;
  let base: string;
  let open: Browsing['open'];
  let enter: Browsing['enter'];
  let signIn: Browsing['signIn'];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browsed = await browsing({ look: { reducedMotion: 'no-preference' } });
    ({ product, base, open, enter, signIn } = browsed);
    for (const role of ADMINISTRATORS) {
      await sql`
        insert into members (id, login, name, unit_id, roles, scope, password_hash)
        values (${`me_${role}`}, ${role}, ${role}, 'ou_p', ${[role]}::text[], 'province', ${await hashPassword(newToken())})`.execute(
        product.ctx.db,
      );
    }
    await pushVoices();
  });
  afterAll(async () => {
    await browsed?.[Symbol.asyncDispose]();
    expect(browsed?.complaints ?? [], 'what the browser complained about').toEqual([]);
  });

  async function pushVoices(): Promise<void> {
    for (const [i, region] of ['A1x', 'A1x', 'A', 'B1x', 'B'].entries()) {
      const payload = { id: `v${i}`, kind: 'complaint', text: '宽带断网', region };
      await product.as('me_p', { method: 'POST', url: '/api/voices?source=people', payload, headers: { 'idempotency-key': `v${i}` } });
    }
    await product.settle();
  }

  it('a member is invited, chooses a password, is seen through by example, and is out within moments of being disabled', async () => {
    const security = await signIn('me_security-admin');
    const { page } = security;
    await page.goto(`${base}/organisation`);
    await page.getByRole('button', { name: '邀请成员' }).click();
    const sheet = page.locator('.ant-modal').last();
    await sheet.getByLabel('姓名').fill('赵新');
    await sheet.getByLabel('账号').fill('zhao.xin');
    await sheet.getByRole('checkbox', { name: /^坐席/ }).uncheck();
    await sheet.getByRole('checkbox', { name: /^分析员/ }).check();
    expect(await sheet.getByRole('checkbox', { name: /^审计管理员/ }).isDisabled()).toBe(true);
    await choose(page, sheet.getByLabel('数据权限'), '本地市');
    await choose(page, sheet.getByLabel('单位'), 'A市分公司');
    await sheet.getByRole('button', { name: '邀请并生成链接' }).click();
    const link = (await sheet.locator('.once code').textContent()) ?? '';
    await sheet
      .getByRole('button', { name: '关 闭' })
      .or(sheet.getByRole('button', { name: '关闭', exact: true }))
      .last()
      .click();

    const member = await open();
    await enter(member.page, base + new URL(link).pathname + new URL(link).search);
    await member.page.goto(`${base}/account`);
    await member.page.getByLabel('新密码').fill('一句记得住的话 2026');
    await member.page.getByLabel('再输一次').fill('一句记得住的话 2026');
    product.clock.advanceMs(1000);
    await member.page.getByRole('button', { name: '保存新密码' }).click();
    await member.page.getByText('密码已更新').waitFor();
    await member.page.getByText('你看得到 3 条声音').waitFor();

    await page.reload();
    await page.getByRole('button', { name: /赵新/ }).click();
    const drawer = page.locator('.ant-drawer');
    await drawer.getByText('近 30 天看得到 3 条声音').waitFor();
    await drawer
      .getByText(/发生在别的地市/)
      .first()
      .waitFor();
    expect(await drawer.textContent()).not.toContain('宽带断网');
    product.clock.advanceMs(1000);
    await drawer.getByRole('button', { name: /停\s?用/ }).click();
    await page.locator('.ant-modal').last().locator('.ant-btn-primary').click();
    await drawer.getByText('已停用').waitFor();
    const gone = await member.page.request.get(`${base}/api/me`);
    expect(gone.status()).toBe(401);
    await security.context.close();
    await member.context.close();
  });

  it('a unit tells what its move would do before it moves', async () => {
    const { context, page } = await signIn('me_security-admin');
    await page.goto(`${base}/organisation?unit=ou_a1h`);
    await page.getByRole('button', { name: '单位操作' }).click();
    await page.getByRole('menuitem', { name: '移动' }).click();
    const sheet = page.locator('.ant-modal').last();
    await choose(page, sheet.getByLabel('移到哪个单位之下'), 'B市分公司');
    await sheet.getByText(/不能跨地市移动/).waitFor();
    expect(await sheet.getByRole('button', { name: '确认移动' }).isDisabled()).toBe(true);
    await choose(page, sheet.getByLabel('移到哪个单位之下'), 'A市分公司');
    await sheet.getByText(/从“A一区分局”移到“A市分公司”之下/).waitFor();
    await sheet.getByText(/不再能看到的人：A班长/).waitFor();
    product.clock.advanceMs(1000);
    await sheet.getByRole('button', { name: '确认移动' }).click();
    await sheet.waitFor({ state: 'detached' });
    const [row] = (await sql<{ path: string }>`select path from org_units where id = 'ou_a1h'`.execute(product.ctx.db)).rows;
    expect(row?.path).toBe('/ou_p/ou_a/ou_a1h/');
    await context.close();
  });

  it('the audit tells who changed what, before and after', async () => {
    const { context, page } = await signIn('me_audit-admin');
    await page.goto(`${base}/audit?action=granted`);
    await page.getByRole('button', { name: '移动单位' }).first().click();
    const drawer = page.locator('.ant-drawer');
    await drawer.locator('del', { hasText: 'A一区分局' }).waitFor();
    await drawer.locator('ins', { hasText: 'A市分公司' }).waitFor();
    await context.close();
  });

  it('the machine says in words that it runs, and a token is shown once', async () => {
    const { context, page } = await signIn('me_system-admin');
    await page.goto(`${base}/system`);
    await page.getByRole('button', { name: '现在核对' }).click();
    await page.getByText(/5 条一致/).waitFor();
    await page.goto(`${base}/account`);
    await page.getByRole('button', { name: '新建令牌' }).click();
    await page.getByLabel('用途').fill('巡检');
    await page.getByRole('checkbox', { name: '管理系统' }).check();
    product.clock.advanceMs(1000);
    await page.getByRole('button', { name: '生成令牌' }).click();
    const token = (await page.locator('.once code').textContent()) ?? '';
    const asked = await fetch(`${base}/api/system`, { headers: { authorization: `Bearer ${token}` } });
    expect(asked.status).toBe(200);
    await page.goto(`${base}/api-docs?find=api/system`);
    await page
      .getByRole('button', { name: /发\s?送/ })
      .first()
      .click();
    await page.getByText(/^200 · /).waitFor();
    await context.close();
  });

  /** Opens a select and picks an entry by its words. */
  async function choose(page: Page, field: ReturnType<Page['getByLabel']>, words: string): Promise<void> {
    const list = page.locator('.ant-select-dropdown:visible');
    await field.click();
    // A press that meets the list while it still opens is lost on a busy machine; the next press elsewhere would only close the list.
    const isPicked = async (): Promise<boolean> => {
      await list.getByText(words, { exact: true }).last().click({ timeout: 5_000 });
      return list
        .last()
        .waitFor({ state: 'hidden', timeout: 5_000 })
        .then(
          () => true,
          () => false,
        );
    };
    await expect.poll(isPicked, { timeout: 30_000 }).toBe(true);
  }
});
