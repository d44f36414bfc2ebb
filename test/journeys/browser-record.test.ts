import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recorded } from '../../src/model/recording.ts';
import { type Db, rowOf } from '../../src/platform/postgres/db.ts';
import { type Browsing, browsing } from '../kit/browse.ts';
import { NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';

const PHONE = '13912340001';

/** A grievance at the desk, without a mouse: counted in keys that choose, and in seconds. */
describe('recording at the desk', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let browsed: Browsing;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browsed = await browsing();
    const { ctx } = browsed.product;
    await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_c', 'crm', 'ou_p', 'customers', ${ctx.clock.now()})`.execute(
      ctx.db,
    );
    await sql`
      insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
      values ('ba_c', 'so_c', 'me_p', 'customers', 'c.csv', '', 0, '', 'done', ${ctx.clock.now()})`.execute(ctx.db);
    await sql`
      insert into customers (customer, source_id, name, phone, city, district, community, brand, value_tier, tenure_months, batch_id)
      values ('CA1', 'so_c', '王小明', ${PHONE}, 'A', 'A1', 'A1x', '商务', '金卡', 40, 'ba_c')`.execute(ctx.db);
  });
  afterAll(async () => {
    await browsed?.[Symbol.asyncDispose]();
    expect(browsed?.complaints ?? [], 'what the browser complained about').toEqual([]);
  });

  const desk = async (page: Page, query = ''): Promise<void> => {
    await page.goto(`${browsed.base}/record${query}`);
    await page.locator('.desk-form').waitFor();
  };
  const saved = (page: Page): Promise<Recorded> =>
    page
      .waitForResponse((answer) => answer.url().endsWith('/api/recordings') && answer.ok())
      .then(async (answer) => (await answer.json()) as Recorded);

  it('takes a grievance from an address with its customer in two keys that choose, and five seconds', async () => {
    const { context, page } = await browsed.signIn('me_ag');
    await page.waitForURL(/\/record/);
    await desk(page, `?customer=${PHONE}`);
    await page.getByText('近三月没有抱怨或投诉').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.getAttribute("role")')).toBe('combobox');
    const choices: string[] = [];
    const choose = async (key: string): Promise<void> => {
      choices.push(key);
      await page.keyboard.press(key);
    };
    const answer = saved(page);
    const began = performance.now();
    await page.keyboard.type('kddw');
    await choose('Enter');
    await choose('Enter');
    const { voice, kind, mine_today: mine } = await answer;
    const seconds = (performance.now() - began) / 1000;
    await page.locator('.desk-form [role=status]').getByText('已记录为抱怨：宽带断网无法上网').waitFor();
    expect([kind, mine]).toEqual(['grievance', 1]);
    expect(choices.length).toBeLessThanOrEqual(3);
    expect(seconds).toBeLessThan(5);
    const row = await rowOf(browsed.product.ctx.db, sql`select customer, recorded_category from voices where id = ${voice}`);
    expect(row).toEqual({ customer: 'CA1', recorded_category: 'fixed/broadband/outage' });
    await context.close();
  });

  it('shows the customer of the number that was corrected, however late the wrong one comes', async () => {
    const { context, page } = await browsed.signIn('me_ag');
    await desk(page);
    const wrong = '13900000000';
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/api/record/customer', async (route) => {
      if (route.request().postData()?.includes(wrong) === true) await held;
      await route.continue();
    });
    await page.keyboard.type(wrong);
    await page.keyboard.press('Enter');
    const number = page.getByLabel('客户号码或编号');
    await number.fill(PHONE);
    await number.press('Enter');
    await page.getByText('近三月 1 次抱怨或投诉').waitFor();
    const late = page.waitForResponse((answer) => answer.request().postData()?.includes(wrong) === true);
    release();
    await late;
    expect(await page.getByText('近三月 1 次抱怨或投诉').count()).toBe(1);
    expect(await page.locator('.desk-form input[type=number]').inputValue()).toBe('2');
    await context.close();
  });

  it('puts the last cause first for who calls again, and takes what the function keys say', async () => {
    const { context, page } = await browsed.signIn('me_ag');
    await desk(page);
    await page.keyboard.type(PHONE);
    await page.keyboard.press('Enter');
    await page.getByText('近三月 1 次抱怨或投诉').waitFor();
    await page.locator('[role=option][aria-selected=true]').filter({ hasText: '上次的问题' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('又断网了，很生气');
    await page.keyboard.press('F2');
    await page.keyboard.press('F4');
    await page.keyboard.press('F9');
    const answer = saved(page);
    await page.keyboard.press('Control+Enter');
    const { voice } = await answer;
    const row = await rowOf(
      browsed.product.ctx.db,
      sql`select r.upset, r.online, r.explained, r.times, e.effect from recordings r join recording_effects e on e.voice_id = r.voice_id where r.voice_id = ${voice}`,
    );
    expect(row).toEqual({ upset: true, online: true, explained: true, times: 2, effect: 'all-unhappy' });
    await context.close();
  });

  it('keeps the draft over a reload, and a half-composed word neither chooses nor saves', async () => {
    const { context, page } = await browsed.signIn('me_ag');
    await desk(page);
    await page.keyboard.type(PHONE);
    await page.keyboard.press('Enter');
    await page.keyboard.type('wsm');
    await composing(page);
    await page.locator('[role=listbox]').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('晚上看视频很卡');
    await composing(page);
    expect(await page.locator('.desk-form [role=status]').textContent()).not.toContain('已记录');
    await page.reload();
    await page.locator('.desk-form').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('晚上看视频很卡');
    await page.getByText('近三月 2 次抱怨或投诉').waitFor();
    const answer = saved(page);
    await page.keyboard.press('Control+Enter');
    expect((await answer).kind).toBe('grievance');
    await page.locator('.desk-form [role=status]').getByText('已记录为抱怨').waitFor();
    expect(await page.locator('.desk-form [role=status]').textContent()).not.toContain('概率');
    await context.close();
  });

  it('says after saving how likely a complaint is, on which level it stands and what would lower it, once a model scores', async () => {
    await aModel(browsed.product.ctx.db);
    const { context, page } = await browsed.signIn('me_ag');
    await desk(page, `?customer=${PHONE}`);
    await page.getByText('近三月 3 次抱怨或投诉').waitFor();
    await page.keyboard.type('kddw');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const status = page.locator('.desk-form [role=status]');
    await status.getByText('30 天内投诉的概率 11.9%').waitFor();
    await status.getByText('“回访安抚”之后 30 天内的投诉少 4.0 个百分点').waitFor();
    await status.getByText(/^[1-5] 级$/).waitFor();
    expect(await status.textContent()).toContain('7 天内 4.7%');
    // The next customer can be typed at once.
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('INPUT');
    await context.close();
  });
});

/** A model that says the same of every grievance, and of one action that fewer complaints followed it. */
async function aModel(db: Db): Promise<void> {
  const same = (base: number) => ({ target: {}, model: { family: 'constant', base }, line: null });
  const card = (days: number, p: number) => ({
    days,
    baseline: [],
    reliability: [{ rows: 500, events: 500 * p, stated: p, happened: p, low: p / 2, high: p * 2 }],
  });
  const help = { kind: 'callback', treated: 900, untreated: 900, overlap: 0.9, raw: -0.03, effect: -0.04, low: -0.06, high: -0.02 };
  const helps = [{ ...help, verdict: 'lowers', ground: 'association' }];
  await sql`
    insert into model_versions (id, trained_at, state, state_at, why, models, card)
    values ('m1', now(), 'champion', now(), 'first', ${JSON.stringify({ week: same(-3), month: same(-2) })}::jsonb,
      ${JSON.stringify({ reader: 'r', seed: 1, voices: 1000, week: card(7, 0.05), month: card(30, 0.12), helps, against: null })}::jsonb)`.execute(
    db,
  );
}

/** Enter as an input method sends it while a word is being composed. */
const composing = (page: Page): Promise<void> =>
  page.evaluate(
    `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))`,
  );
