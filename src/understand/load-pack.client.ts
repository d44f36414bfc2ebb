import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pack } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';
import { checkPack } from './check-pack.ts';

export const DEFAULT_PACK = 'telecom-zh';

/** Where the packs that ship with the product lie. */
export function packDirectory(id: string = DEFAULT_PACK): string {
  return fileURLToPath(new URL(`../../packs/${id}`, import.meta.url));
}

/**
 * A pack is a folder: every *.json is an object whose keys are merged, examples.tsv holds `category⇥text` lines.
 * Several files, because terms, rules and examples have different authors and review them as separate diffs.
 */
export async function loadPack(dir: string = packDirectory()): Promise<Pack> {
  const merged: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const names = (await readdir(dir)).toSorted();
  for (const name of names) {
    const text = await readFile(join(dir, name), 'utf8');
    if (name === 'examples.tsv') merged['examples'] = readExamples(text, problems);
    else if (name.endsWith('.json')) mergeFile(merged, name, text, problems);
  }
  const checked = checkPack(merged);
  if (problems.length === 0 && checked.kind === 'ok') return checked.pack;
  const all = checked.kind === 'ok' ? problems : [...problems, ...checked.problems];
  throw new Error([`Pack ${dir} has ${all.length} mistake(s):`, ...all.map(inWords)].join('\n  '));
}

function mergeFile(merged: Record<string, unknown>, name: string, text: string, problems: Problem[]): void {
  const part = parseJson(text);
  if (part === null) {
    problems.push({ code: 'pack-invalid', column: name, params: { why: 'not a JSON object' } });
    return;
  }
  for (const [key, value] of Object.entries(part)) {
    if (key in merged) problems.push({ code: 'pack-duplicate', column: name, params: { value: key } });
    merged[key] = value;
  }
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function readExamples(text: string, problems: Problem[]): readonly { readonly category: string; readonly text: string }[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const tab = line.indexOf('\t');
    if (tab < 0) {
      problems.push({ code: 'pack-invalid', row: i + 1, column: 'examples.tsv', params: { why: 'no tab between category and text' } });
      return [];
    }
    return [{ category: line.slice(0, tab), text: line.slice(tab + 1).trim() }];
  });
}

function inWords(problem: Problem): string {
  const place = problem.row === undefined ? (problem.column ?? '') : `${problem.column ?? ''}:${problem.row}`;
  const params = Object.entries(problem.params ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  return [problem.code, place, ...params].filter((part) => part !== '').join(' ');
}
