import { sql } from 'kysely';
import { expect } from 'vitest';
import { seededRandom } from '../../src/maths/seeded-random.ts';
import type { ExperimentDetail } from '../../src/model/experiment.ts';
import { type TestProduct, testProduct, twoCities } from './product.ts';

export const DAY = 86_400_000;
export const N = 2_000;
export const nameOf = (i: number): string => `c${String(i).padStart(5, '0')}`;

export interface Told {
  readonly experiment: ExperimentDetail;
  readonly problems?: readonly { readonly code: string; readonly params: { readonly count: number } }[];
}
export const DRAFT = {
  name: '先回电',
  strategy: '24 小时内先回电再处理',
  arms: [
    { name: '对照组', share: 1 },
    { name: '回电组', share: 1 },
  ],
  metrics: [
    { name: '再次投诉', source: 'complaint', direction: 'down' },
    { name: '离网', source: 'outcome', direction: 'down' },
  ],
  strata: ['brand'],
  windowDays: 28,
};
export const everybody = `客户编号\n${Array.from({ length: N }, (_, i) => nameOf(i + 1)).join('\n')}\nnobody\n`;

/** A product with 2,000 customers of city A, of whom three in ten complained ten days ago, and what people do with experiments there. */
export class ExperimentWorld {
  readonly random = seededRandom(5, 'experiment');
  #voice = 1_000_000;
  readonly product: TestProduct;

  private constructor(product: TestProduct) {
    this.product = product;
  }

  static async open(): Promise<ExperimentWorld> {
    const product = await testProduct({ work: false });
    await twoCities(product.ctx);
    const { db } = product.ctx;
    await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_x', 'x', 'ou_p', 'voices', now())`.execute(db);
    await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
      values ('ba_x', 'so_x', 'me_p', 'voices', 'x', 'x', 0, 'x', 'done', now())`.execute(db);
    await sql`insert into customers (customer, source_id, batch_id, city, district, brand, value_tier, tenure_months)
      select 'c' || lpad(i::text, 5, '0'), 'so_x', 'ba_x', 'A', 'A1', case when i % 3 = 0 then '商务' else '畅想' end, case when i % 4 = 0 then '金卡' else '普通' end, i % 60
      from generate_series(1, ${N}::int) i`.execute(db);
    const world = new ExperimentWorld(product);
    await world.speak(
      Array.from({ length: N }, (_, i) => i + 1).filter(() => world.random.chance(0.3)),
      -10,
    );
    return world;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.product[Symbol.asyncDispose]();
  }

  /** One complaint of each of these customers, so many days from now. */
  async speak(customers: readonly number[], days: number): Promise<void> {
    const at = new Date(this.product.clock.nowMs() + days * DAY).toISOString();
    this.#voice += 10_000;
    await sql`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, district, customer, text, text_masked, batch_id)
      select ${this.#voice} + row_number() over (), 'so_x', ${`${this.#voice}-`} || given.customer, '\\x00', ${at}, true, ${at}, 'complaint', 'hotline', 'A', 'A1', given.customer, '断网', '断网', 'ba_x'
      from unnest(${customers.map(nameOf)}::text[]) as given (customer)`.execute(this.product.ctx.db);
    await sql`insert into readings (voice_id, reader_version, feeling, language, confidence, because, read_at)
      select id, 'v', 'neutral', 'zh', 1, '[]', ${at} from voices where id > ${this.#voice} and id <= ${this.#voice} + 10000`.execute(
      this.product.ctx.db,
    );
  }

  /** What customers answered to a survey, so many days from now. */
  async answer(answers: readonly { readonly customer: string; readonly score: number }[], days: number): Promise<void> {
    const at = new Date(this.product.clock.nowMs() + days * DAY).toISOString();
    this.#voice += 10_000;
    await sql`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, district, customer, score, text, text_masked, batch_id)
      select ${this.#voice} + row_number() over (), 'so_x', ${`${this.#voice}-`} || given.customer, '\\x00', ${at}, true, ${at}, 'survey', 'survey', 'A', 'A1', given.customer, given.score, '', '', 'ba_x'
      from unnest(${answers.map(({ customer }) => customer)}::text[], ${answers.map(({ score }) => score)}::float8[]) as given (customer, score)`.execute(
      this.product.ctx.db,
    );
  }

  /** The clock moves on, and whoever was signed in signs in anew. */
  later(days: number): void {
    this.product.clock.advanceMs(days * DAY);
    for (const member of ['me_a', 'me_b', 'me_p']) this.product.renew(member);
  }

  post(path: string, payload: object = {}, member = 'me_a') {
    this.product.clock.advanceMs(1_000);
    return this.product.as(member, { method: 'POST', url: `/api/experiments${path}`, payload });
  }

  async made(path: string, payload: object = {}): Promise<ExperimentDetail> {
    const answer = await this.post(path, payload);
    expect([path, answer.status, answer.text.slice(0, 300)]).toEqual([path, answer.status < 300 ? answer.status : 200, expect.anything()]);
    return (answer.body as Told).experiment;
  }

  upload(path: string, text: string) {
    this.product.clock.advanceMs(1_000);
    return this.product.as('me_a', {
      method: 'POST',
      url: `/api/experiments${path}`,
      payload: Buffer.from(text),
      headers: { 'content-type': 'application/octet-stream' },
    });
  }

  async started(): Promise<ExperimentDetail> {
    const draft = await this.made('', { ...DRAFT, name: `先回电 ${this.product.clock.nowMs()}` });
    const { experiment } = (await this.upload(`/${draft.id}/cohort-file?name=all.csv&version=${draft.version}`, everybody)).body as Told;
    return this.made(`/${draft.id}/start`, { version: experiment.version });
  }
}
