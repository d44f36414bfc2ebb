import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { voicesFile } from '../../../test/kit/browse.ts';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  product.clock.set(new Date().toISOString());
  await twoCities(product.ctx);
  const upload = await product.as('me_p', {
    method: 'POST',
    url: '/api/imports?name=voices.csv&source=hotline',
    payload: Buffer.from(voicesFile(product.clock.nowMs() - 86_400_000)),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { batch } = upload.body as { batch: { id: string; version: number } };
  await product.as('me_p', { method: 'POST', url: `/api/imports/${batch.id}/commit`, payload: { version: batch.version } });
  await product.settle();
  for (const department of ['network', 'billing']) {
    await sql`insert into rules (id, name_zh, name_en, dimension, conditions, window_minutes, threshold, department, severity, updated_at)
      values (${`ru_${department}`}, ${department}, ${department}, 'city', '[]', 60, 3, ${department}, 'serious', now())`.execute(
      product.ctx.db,
    );
    await sql`insert into alarms (id, rule_id, rule_version, conditions, window_minutes, threshold, dimension, value, city, state, began_at, fired_at, ends_at, window_from, last_said_at, voices, historical, known_at)
      values (${`al_${department}`}, ${`ru_${department}`}, 1, '[]', 60, 3, 'city', 'A', 'A', 'firing', now(), now(), now(), now(), now(), 3, false, now())`.execute(
      product.ctx.db,
    );
  }
});
afterAll(() => product[Symbol.asyncDispose]());

it('shows the alarms of the department that a manager looks at, and with the whole those of all', async () => {
  const burning = async (url: string) => {
    const { body } = await product.as('me_an', { method: 'GET', url });
    const { focus, burning: rows } = body as { focus: string | null; burning: readonly { id: string }[] };
    return [
      focus,
      rows
        .map(({ id }) => id)
        .filter((id) => id.startsWith('al_'))
        .toSorted(),
    ];
  };
  expect(await burning('/api/overview')).toEqual(['network', ['al_network']]);
  expect(await burning('/api/overview?focus=all')).toEqual([null, ['al_billing', 'al_network']]);
});
