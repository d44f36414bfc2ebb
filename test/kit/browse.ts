import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { ensureWebBuilt } from '../../scripts/build-web.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { timeSortedIds } from '../../src/platform/new-id.ts';
import { newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { addSignInLink } from '../../src/people/sessions.sql.ts';
import { JOURNEY_FLAGS, chromiumPath } from './chromium.ts';
import { type TestProduct, testProduct, twoCities } from './product.ts';

type Look = NonNullable<Parameters<Browser['newContext']>[0]>;

/** One person at a browser of his own. */
export interface Sitting {
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface Browsing extends AsyncDisposable {
  readonly product: TestProduct;
  readonly base: string;
  /** What the browser complained about: scripts that failed, things that the content policy refused; and what was asked of others. */
  readonly complaints: readonly string[];
  /** A window of somebody who has not signed in. */
  open(look?: Look): Promise<Sitting>;
  /** Signs in by a one-time link. */
  enter(page: Page, address: string): Promise<void>;
  signIn(member: string, look?: Look): Promise<Sitting>;
}

/** `now`: what the product's clock says at first. `look`: of every window, where it differs from a desk with little motion. */
export interface Start {
  readonly now?: string;
  readonly look?: Look;
}

/** The product of two cities behind a real port, and a headless browser in front of it. */
export async function browsing({ now = new Date().toISOString(), look: usual = {} }: Start = {}): Promise<Browsing> {
  await ensureWebBuilt(() => {});
  // Whoever clicks the same twice leaves two traces: ids that follow from what they name would be the same.
  const product = await testProduct({ ids: timeSortedIds(systemClock), env: { VOXLOOP_PORT: '0' } });
  product.clock.set(now);
  await twoCities(product.ctx);
  const base = await product.app.listen({ host: '127.0.0.1', port: 0 });
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: [...JOURNEY_FLAGS] });
  const complaints: string[] = [];
  const open = async (look: Look = {}): Promise<Sitting> => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      ...usual,
      ...look,
    });
    // Wide of what anybody waits: a machine that does three things at once is slow, not wrong.
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    watch(page, base, complaints);
    return { context, page };
  };
  const enter = async (page: Page, address: string): Promise<void> => {
    product.clock.advanceMs(1000);
    await page.goto(address);
    await page.locator('.sign-in .ant-btn-primary').press('Enter');
    await page.waitForURL((url) => url.pathname !== '/signin');
  };
  return {
    product,
    base,
    complaints,
    open,
    enter,
    async signIn(member, look) {
      const token = newToken();
      await addSignInLink(product.ctx.db, tokenHash(token), member, product.ctx.clock.now(), 15);
      const sitting = await open(look);
      await enter(sitting.page, `${base}/signin?token=${token}`);
      return sitting;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await product[Symbol.asyncDispose]();
    },
  };
}

function watch(page: Page, base: string, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) complaints.push(`asked outside: ${request.url()}`);
  });
}

/** Thirty broadband faults of one estate within an hour, and some other voices: enough for an alarm. */
export function voicesFile(nowMs: number): string {
  const at = (minutesAgo: number): string =>
    new Date(nowMs - minutesAgo * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const faults = Array.from(
    { length: 30 },
    (_, i) => `F${i},${at(90 - i)},报障,热线,A1x,宽带断网了，光猫亮红灯，小区都上不了网，电话1391234${1000 + i}`,
  );
  const others = Array.from({ length: 20 }, (_, i) => `O${i},${at(2000 + i * 7)},投诉,营业厅,B1x,账单多收费，乱扣费 ${i}`);
  return `工单号,受理时间,类型,渠道,小区编码,内容\n${[...faults, ...others, 'F0,,,,,'].join('\n')}\n`;
}

/** The same voices by the API, for tests that begin when they are there. */
export async function withVoices(browsed: Browsing): Promise<void> {
  const { product } = browsed;
  const upload = await product.as('me_p', {
    method: 'POST',
    url: '/api/imports?name=voices.csv&source=hotline',
    payload: Buffer.from(voicesFile(product.clock.nowMs())),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { batch } = upload.body as { batch: { id: string; version: number } };
  await product.as('me_p', { method: 'POST', url: `/api/imports/${batch.id}/commit`, payload: { version: batch.version } });
  await product.settle();
}
