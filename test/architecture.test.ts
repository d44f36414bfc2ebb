import { describe, expect, test } from 'vitest';
import { cycles, forbiddenArrows, isPure, placeOf } from './kit/arrow-rule.ts';
import { sourceFile, sourceFiles, type SourceFile, type Use } from './kit/source-files.ts';

const files = sourceFiles('src/**/*.{ts,tsx}');
const product = files.filter((file) => placeOf(file.path).kind !== 'test');

/** Patterns made at run time, of our own constants only, never of what a user wrote (those run under RE2). */
const OWN_PATTERNS: readonly string[] = ['src/model/masking-numbers.ts', 'src/model/masking-words.ts'];

function places(from: readonly SourceFile[], what: readonly Use['what'][]): readonly string[] {
  return from.flatMap((file) => file.uses.filter((use) => what.includes(use.what)).map((use) => `${file.path}:${use.line} (${use.what})`));
}

describe('the arrow rule', () => {
  test('no import points where the house forbids it', () => {
    expect(product.flatMap(forbiddenArrows)).toEqual([]);
  });

  test('the walk has seen the house', () => {
    expect(new Set(product.map((file) => placeOf(file.path).folder)).size).toBeGreaterThan(8);
    expect(product.flatMap((file) => file.imports).length).toBeGreaterThan(product.length);
  });

  test('imports form no ring', () => {
    expect(cycles(product)).toEqual([]);
  });
});

describe('what files may do', () => {
  test('plain files ask neither the clock nor chance: both are handed in', () => {
    expect(
      places(
        product.filter((file) => isPure(file.path)),
        ['now', 'random'],
      ),
    ).toEqual([]);
  });

  test('only platform/config.ts reads the environment', () => {
    expect(
      places(
        product.filter((file) => file.path !== 'src/platform/config.ts'),
        ['env'],
      ),
    ).toEqual([]);
  });

  test('no pattern is made of a text that a user may have written, and nothing is evaluated', () => {
    expect(
      places(
        product.filter((file) => !OWN_PATTERNS.includes(file.path)),
        ['dynamic-pattern', 'eval'],
      ),
    ).toEqual([]);
  });

  test('exports have names', () => {
    expect(places(product, ['default-export'])).toEqual([]);
  });
});

describe('the rule itself sees', () => {
  const arrowsOf = (path: string, code: string): readonly string[] =>
    forbiddenArrows(sourceFile(path, code)).map((line) => line.split(': ')[0]!);

  test.each([
    ['a step that reaches forward', 'src/warn/a.sql.ts', `import { x } from '../act/index.ts';`],
    ['a step entered past its doors', 'src/warn/a.sql.ts', `import { x } from '../ingest/inside.ts';`],
    ['a type taken past the doors', 'src/warn/a.ts', `import type { X } from '../ingest/inside.ts';`],
    ['a plain file that reads a database', 'src/warn/a.ts', `import { x } from './b.sql.ts';`],
    ['a plain file that reads files', 'src/warn/a.ts', `import { readFileSync } from 'node:fs';`],
    ['a dynamic import', 'src/warn/a.ts', `export const x = () => import('node:fs');`],
    ['a re-export', 'src/warn/a.ts', `export { x } from './b.client.ts';`],
    ['a query that calls a job', 'src/warn/a.sql.ts', `import { x } from './b.job.ts';`],
    ['platform that knows a step', 'src/platform/a.client.ts', `import { x } from '../warn/index.ts';`],
    ['people that know a step', 'src/people/a.sql.ts', `import { x } from '../ingest/read.sql.ts';`],
    ['words that import somebody', 'src/model/a.ts', `import { x } from '../maths/b.ts';`],
    ['a web that imports the server', 'src/web/a.tsx', `import { x } from '../warn/index.ts';`],
    ['somebody who imports app', 'src/warn/a.job.ts', `import { x } from '../app/context.ts';`],
  ])('%s', (_what, path, code) => {
    expect(arrowsOf(path, code)).toHaveLength(1);
  });

  test.each([
    [
      'a step that reads an earlier one by its doors',
      'src/warn/a.sql.ts',
      `import { x } from '../ingest/read.sql.ts'; import { y } from '../analyse/index.ts';`,
    ],
    [
      'a job that does everything',
      'src/warn/a.job.ts',
      `import { x } from './b.sql.ts'; import { y } from './c.ts'; import { readFile } from 'node:fs/promises';`,
    ],
    [
      'a plain file with words and numbers',
      'src/warn/a.ts',
      `import { z } from 'zod'; import { x } from '../model/a.ts'; import { y } from '../maths/b.ts';`,
    ],
    [
      'a web that takes a type of a route',
      'src/web/a.tsx',
      `import type { X } from '../warn/alarms.routes.ts'; import { y } from '../model/a.ts';`,
    ],
  ])('no fault in %s', (_what, path, code) => {
    expect(arrowsOf(path, code)).toEqual([]);
  });

  test('a ring of three, once', () => {
    const ring = (path: string, to: string): SourceFile => sourceFile(`src/model/${path}.ts`, `import { x } from './${to}.ts';`);
    expect(cycles([ring('b', 'c'), ring('c', 'a'), ring('a', 'b')])).toEqual([
      'src/model/a.ts → src/model/b.ts → src/model/c.ts → src/model/a.ts',
    ]);
  });

  test('clocks, chance and patterns', () => {
    const code = `new Date(); Date.now(); Math.random(); new RegExp(user); new RegExp('own'); new Date(0); readConfig(process.env); process.env.X; process['env'];`;
    const seen = sourceFile('src/model/a.ts', code).uses.map((use) => use.what);
    expect(seen).toEqual(['now', 'now', 'random', 'dynamic-pattern', 'env', 'env']);
  });
});
