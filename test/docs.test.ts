import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIMENSIONS, MEASURES } from '../src/analyse/index.ts';
import { COMMANDS } from '../src/app/command-table.ts';
import { VOICE_KINDS } from '../src/model/voice.ts';
import { ORDER_STATES } from '../src/model/work-order.ts';
import { ROLES, SCOPES } from '../src/model/people.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', 'src/*/README.md', 'scenarios/README.md'], { cwd: ROOT });

/** Links to files of the project, as `[words](path#place)`. */
function brokenLinks(page: string): readonly string[] {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.split('#')[0] ?? '')
    .filter((path) => path !== '' && !existsSync(join(ROOT, dirname(page), path)))
    .map((path) => `${page} → ${path}`);
}

describe('the documents', () => {
  test('link to files that exist', () => {
    expect(pages.length).toBeGreaterThan(25);
    expect(pages.flatMap(brokenLinks)).toEqual([]);
  });

  test('describe every measure and dimension', () => {
    const guide = read('docs/guide/measures.md');
    expect([...MEASURES, ...DIMENSIONS].filter(({ name }) => !guide.includes(`\`${name}\``)).map(({ name }) => name)).toEqual([]);
  });

  test.each(['README.md', 'README.zh-CN.md'])('list every setting in %s', (page) => {
    const settings = [...new Set(read('src/platform/config.ts').match(/VOXLOOP_[A-Z_]+/g))];
    expect(settings.filter((name) => name !== 'VOXLOOP_' && !read(page).includes(`\`${name}\``))).toEqual([]);
  });

  test('number every promise that fsck checks', () => {
    const ids = [...read('src/app/fsck.ts').matchAll(/run\('(I\d+)'/g)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.filter((id) => !read('docs/guide/promises.md').includes(`| ${id} |`))).toEqual([]);
  });

  test('name the words of the model', () => {
    const words = read('src/model/README.md');
    expect([...VOICE_KINDS, ...ORDER_STATES, ...ROLES, ...SCOPES].filter((word) => !words.includes(word))).toEqual([]);
  });

  test('show no command that does not exist', () => {
    const known = COMMANDS.map((command) => command.words.split(' ')[0]);
    const shown = pages.flatMap((page) =>
      [...read(page).matchAll(/\.\/voxloop ([a-z]+)/g)].map((match) => ({ page: relative(ROOT, page), word: match[1] ?? '' })),
    );
    expect(shown.filter(({ word }) => !known.includes(word))).toEqual([]);
  });

  test('every decision stands in the list of decisions', () => {
    const list = read('docs/decisions/README.md');
    expect(globSync('docs/decisions/0*.md', { cwd: ROOT }).filter((file) => !list.includes(file.split('/').at(-1) ?? file))).toEqual([]);
  });
});
