import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchRoutes } from 'react-router';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../scripts/steps.ts';
import { ADDRESSES } from '../src/model/addresses.ts';
import { VIEW_PAGES } from '../src/web/kit/view-pages.ts';
import { PAGE_PATHS } from './kit/page-paths.ts';
import { type Node, walk } from './kit/source-files.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const PAGES = ['/', ...PAGE_PATHS.map((path) => `/${path}`)];
const routes = PAGES.map((path) => ({ path }));
const pageOf = (address: string): string | undefined =>
  matchRoutes(routes, new URL(address, 'https://voxloop.example').pathname)?.at(-1)?.route.path;

/** The texts of a program, each with its line. */
function textsOf(path: string): readonly string[] {
  const text = read(path);
  const found: string[] = [];
  const keep = (node: Node, said: unknown): void => {
    if (typeof said === 'string') found.push(`${path}:${text.slice(0, node.start).split('\n').length} ${said}`);
  };
  walk(parseSync(path, text).program, (node) => {
    if (node.type === 'Literal') keep(node, node['value']);
    if (node.type === 'TemplateElement') keep(node, (node['value'] as { readonly raw: string }).raw);
  });
  return found;
}

describe('an address that the server writes', () => {
  test('the route table was read', () => {
    expect(PAGES.length).toBeGreaterThan(25);
    expect(['/signin', '/alarms', '/alarms/rules', '/orders/7'].map(pageOf)).toEqual([
      '/signin',
      '/alarms',
      '/alarms/rules',
      '/orders/:id',
    ]);
    expect(pageOf('/alarms/al_1')).toBeUndefined();
  });

  test.each(Object.entries(ADDRESSES))('%s is a page', (_, addressOf) => {
    expect(pageOf(addressOf('a/b?c#d'))).toBeDefined();
    expect(new URL(addressOf('a/b?c#d'), 'https://voxloop.example').search).toContain('a%2Fb%3Fc%23d');
  });

  test.each(Object.entries(VIEW_PAGES))('kept views of %s open on a page', (_, path) => {
    expect(pageOf(path)).toBe(path);
  });

  test('stands nowhere else in the server', () => {
    const first = new Set(PAGES.map((path) => path.split('/')[1]).filter((part) => part !== ''));
    const own = globSync('src/**/*.ts', { cwd: ROOT, exclude: ['src/web/**', '**/*.test.ts', 'src/model/addresses.ts'] });
    const written = own.flatMap(textsOf).filter((text) => first.has(/^\S+ \/([a-z-]+)(?:[/?#]|$)/.exec(text)?.[1] ?? ''));
    expect(written).toEqual([]);
  });
});
