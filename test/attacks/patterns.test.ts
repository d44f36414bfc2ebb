import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/steps.ts';

/** What slow patterns stumble over, repeated. */
const BEATS = `a 0 1 . - ( ) @ = " ' \\ / _ % , < & [ { # : 一 我 号 ： a. a@ 1- x1 aA 1. 0. https://a &#1; 我姓`
  .split(' ')
  .concat(' ', '\t', '\n', '\u3000', '1 ', 'a ', ', ');
const ENDS = ['', '!', '\u0001'];
const LENGTH = 20_000;
/** A pattern that reads such a text once takes well under a millisecond; one that goes back and forth takes hundreds or never ends. */
const TOO_LONG_MS = 150;

interface Found {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

/** Every pattern that the code of the product spells out; patterns made at run time are refused by the architecture test. */
function patternsOf(file: string): readonly Found[] {
  const found: Found[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (regex?.pattern !== undefined) found.push({ file, ...regex });
    Object.values(node).forEach(walk);
  };
  walk(parseAst(readFileSync(join(ROOT, file), 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}

function slowest({ pattern, flags }: Found): { ms: number; beat: string } {
  const regex = new RegExp(pattern, flags);
  let worst = { ms: 0, beat: '' };
  for (const beat of BEATS) {
    for (const end of ENDS) {
      const text = beat.repeat(LENGTH / beat.length) + end;
      const began = performance.now();
      if (flags.includes('g')) text.replace(regex, '');
      else regex.test(text);
      const ms = performance.now() - began;
      if (ms > worst.ms) worst = { ms, beat: JSON.stringify(beat + end) };
      if (ms > TOO_LONG_MS) return worst;
    }
  }
  return worst;
}

it('no pattern in the code can be kept busy by a long text', () => {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => !file.includes('.test.'));
  const all = files.flatMap(patternsOf);
  expect(all.length).toBeGreaterThan(100);
  const slow = all.flatMap((found) => {
    // Once more when it was slow: somebody else may have had the processor.
    const { ms, beat } = slowest(found).ms > TOO_LONG_MS ? slowest(found) : { ms: 0, beat: '' };
    return ms > TOO_LONG_MS ? [`${found.file}: /${found.pattern}/${found.flags} took ${Math.round(ms)} ms for ${beat}…`] : [];
  });
  expect(slow).toEqual([]);
}, 120_000);
