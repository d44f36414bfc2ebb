import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureWebBuilt } from '../../scripts/build-web.ts';
import { routeTable } from '../../src/app/routes.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';
import { emptyRequest, nameOf } from '../scope/requests.ts';

let product: TestProduct;
let secure: TestProduct;
beforeAll(async () => {
  await ensureWebBuilt(() => {});
  product = await testProduct({ work: false });
  secure = await testProduct({ work: false, env: { VOXLOOP_PUBLIC_URL: 'https://voxloop.example' } });
  await twoCities(product.ctx);
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
});

const WANTED = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

describe('every answer', () => {
  it('tells the browser what it may not do: of routes, of refusals, of pages and of their files', async () => {
    const page = await product.app.inject({ method: 'GET', url: '/overview', headers: { accept: 'text/html' } });
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.body)?.[1];
    expect(page.statusCode).toBe(200);
    expect(script).toBeDefined();
    const requests = [
      ...routeTable.filter((route) => nameOf(route) !== 'GET /api/events').map((route) => emptyRequest(route)),
      ...['/overview', script ?? '', '/api/nothing', '/../etc/passwd', '/%2e%2e/package.json'].map((url) => ({
        method: 'GET' as const,
        url,
      })),
    ];
    for (const request of requests) {
      const { headers } = await product.app.inject(request);
      expect([request.url, headers]).toMatchObject([request.url, WANTED]);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toMatch(/script-src 'self';/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(headers['server']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  it('has no script of its own inside a page', async () => {
    const { body } = await product.app.inject({ method: 'GET', url: '/overview', headers: { accept: 'text/html' } });
    expect(body.match(/<script(?![^>]*\ssrc=)[^>]*>/g)).toBeNull();
    expect(body).not.toMatch(/\son[a-z]+=/i);
  });

  it('asks for TLS for ever where the public address has it, and keeps the cookie to it', async () => {
    const answer = await secure.app.inject({ method: 'GET', url: '/livez' });
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect((await product.app.inject({ method: 'GET', url: '/livez' })).headers['strict-transport-security']).toBeUndefined();
  });

  it('gives no file from outside the pages', async () => {
    for (const url of [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/assets/../../../package.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/.sources',
      '/%00',
      '/assets/%00.js',
    ]) {
      const answer = await product.app.inject({ method: 'GET', url });
      expect([url, answer.statusCode < 500, answer.body.includes('"devDependencies"')]).toEqual([url, true, false]);
    }
  });
});
