import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/steps.ts';
import { isNamed, isNode, walk } from './kit/source-files.ts';

/** Formatters of tooltips that are functions: what each is written as. */
function formattersIn(path: string): readonly string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const found: string[] = [];
  walk(parseSync(path, text).program, (node) => {
    if (node.type !== 'Property' || !isNamed(node['key'], 'tooltip')) return;
    walk(node['value'], (inner) => {
      const value = inner['value'];
      if (inner.type === 'Property' && isNamed(inner['key'], 'formatter') && isNode(value) && value.type !== 'Literal') found.push(path);
    });
  });
  return found;
}

test('every tip of a chart that a function writes is made by tipHtml, and no other text of the pages is HTML', () => {
  const files = globSync('src/web/**/*.{ts,tsx}', { cwd: ROOT, exclude: ['**/*.test.*', 'src/web/kit/tip-html.ts'] });
  const tips = [...new Set(files.flatMap(formattersIn))];
  expect(tips.length).toBeGreaterThan(2);
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  expect(tips.filter((path) => !read(path).includes('tipHtml('))).toEqual([]);
  const written = files.flatMap((path) => {
    const lines: string[] = [];
    walk(parseSync(path, read(path)).program, (node) => {
      const value = node['value'];
      const said = node.type === 'TemplateElement' ? (value as { readonly raw: string }).raw : node.type === 'Literal' ? value : undefined;
      if (typeof said === 'string' && /<\/?[a-z]+[\s/>]/i.test(said)) lines.push(`${path}: ${said.slice(0, 60)}`);
      if (isNamed(node['name'], 'dangerouslySetInnerHTML') || node['name'] === 'dangerouslySetInnerHTML') lines.push(`${path}: inner HTML`);
    });
    return lines;
  });
  expect(written).toEqual([]);
});
