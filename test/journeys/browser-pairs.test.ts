import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browsing, browsing } from '../kit/browse.ts';
import { chromiumPath } from '../kit/chromium.ts';
import { openSource, tellCity } from '../kit/pair-cities.ts';

describe.skipIf(chromiumPath() === null)('the page of pairs in a browser', () => {
  let browsed: Browsing;
  beforeAll(async () => {
    browsed = await browsing({ now: '2026-07-10T02:00:00.000Z' });
    const { ctx } = browsed.product;
    await openSource(ctx);
    await tellCity(ctx, 'A', 400, 0.5);
  });
  afterAll(() => browsed[Symbol.asyncDispose]());

  it('tells a scheme that has put nobody anywhere, computes one that has when it is chosen, and keeps it in the address', async () => {
    const { page } = await browsed.signIn('me_a');
    const choose = async (scheme: string): Promise<void> => {
      await page.getByLabel('分群方案').click();
      await page.locator('.ant-select-item-option', { hasText: scheme }).click();
    };
    await page.goto(`${browsed.base}/pairs`);
    await page.locator('.pair-matrix').waitFor();
    await choose('性格类型');
    await page.getByText('“性格类型”还没有把任何客户归入客群').waitFor();

    await sql`
      insert into customer_segments (customer, usage_group)
      select distinct customer, case when substr(customer, 3)::int % 100 < 50 then 'data' else 'traditional' end from voices`.execute(
      browsed.product.ctx.db,
    );
    await choose('使用行为群');
    await page.getByText('使用行为群由月均用量').waitFor();
    expect(new URL(page.url()).searchParams.get('scheme')).toBe('usage');
    await page.getByRole('navigation', { name: '客群', exact: true }).getByText('高流量组').click();
    await page.locator('h1', { hasText: '高流量组客户抱怨' }).waitFor();
    // Were they not as many as the row counts, the page would say so.
    await page.getByText(/位客户在窗内投诉了/).waitFor();
    expect(await page.getByText('其余的声音之后被撤销了').count()).toBe(0);

    await choose('规则客群');
    await page.waitForURL((url) => !url.searchParams.has('scheme') && !url.searchParams.has('segment'));
    await page.locator('.pair-matrix').waitFor();
    expect(browsed.complaints).toEqual([]);
  });
});
