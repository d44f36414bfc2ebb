import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pack } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';
import { checkPack } from './check-pack.ts';
import { linesOfJson } from './json-lines.ts';
import { invalid } from './pack-mistakes.ts';

export const DEFAULT_PACK = 'telecom-zh';

/** Where the packs that ship with the product lie. */
export function packDirectory(id: string = DEFAULT_PACK): string {
  return fileURLToPath(new URL(`../../packs/${id}`, import.meta.url));
}

/** Files whose lines are entries of one list: the columns between tabs, or one word a line. */
const LISTS: Readonly<Record<string, { readonly key: string; readonly columns: readonly string[] }>> = {
  'examples.tsv': { key: 'examples', columns: ['category', 'text'] },
  'counter-examples.tsv': { key: 'counter_examples', columns: ['text', 'not_category', 'category'] },
  'dictionary.txt': { key: 'dictionary', columns: [] },
};

interface Gathered {
  readonly merged: Record<string, unknown>;
  readonly problems: Problem[];
  /** Where each value was written: `terms.12` → terms.json, line 14. */
  readonly places: Map<string, { readonly file: string; readonly line: number }>;
}

/**
 * A pack is a folder: every *.json is an object whose keys are merged, *.tsv and dictionary.txt are lists.
 * Several files, because terms, rules and examples have different authors and review them as separate diffs.
 */
export async function loadPack(dir: string = packDirectory()): Promise<Pack> {
  const gathered: Gathered = { merged: {}, problems: [], places: new Map() };
  const names = (await readdir(dir)).toSorted();
  for (const name of names) {
    const list = LISTS[name];
    if (list === undefined && !name.endsWith('.json')) continue;
    const text = await readFile(join(dir, name), 'utf8');
    if (list === undefined) takeJson(name, text, gathered);
    else take(list.key, readLines(name, list, text, gathered), name, gathered);
  }
  const { merged, problems, places } = gathered;
  const checked = checkPack(merged);
  if (problems.length === 0 && checked.kind === 'ok') return checked.pack;
  const all = checked.kind === 'ok' ? problems : [...problems, ...checked.problems];
  throw new Error([`Pack ${dir} has ${all.length} mistake(s):`, ...all.map((problem) => inWords(problem, places))].join('\n  '));
}

function takeJson(name: string, text: string, gathered: Gathered): void {
  const part = parseJson(text);
  if (part === null) {
    gathered.problems.push(invalid(name, 'not a JSON object', 'look for a missing comma, quote or bracket'));
    return;
  }
  for (const [path, line] of linesOfJson(text)) if (!gathered.places.has(path)) gathered.places.set(path, { file: name, line });
  for (const [key, value] of Object.entries(part)) take(key, value, name, gathered);
}

function take(key: string, value: unknown, name: string, { merged, problems }: Gathered): void {
  if (Object.hasOwn(merged, key))
    problems.push({ code: 'pack-duplicate', column: name, params: { value: key, way: 'keep it in one file' } });
  merged[key] = value;
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function readLines(name: string, list: (typeof LISTS)[string], text: string, { problems, places }: Gathered): readonly unknown[] {
  const entries: unknown[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = line.split('\t').map((cell) => cell.trim());
    if (list.columns.length > 0 && cells.length !== list.columns.length) {
      const why = cells.length === 1 ? 'no tab between the columns' : `${cells.length} columns instead of ${list.columns.length}`;
      problems.push({ ...invalid(name, why, `write ${list.columns.join(' ⇥ ')}`), row: i + 1 });
      return;
    }
    places.set(`${list.key}.${entries.length}`, { file: name, line: i + 1 });
    entries.push(list.columns.length === 0 ? line.trim() : Object.fromEntries(list.columns.map((column, at) => [column, cells[at] ?? ''])));
  });
  return entries;
}

/** File and line first, then what and the way out. */
function inWords({ code, column = '', row, params = {} }: Problem, places: Gathered['places']): string {
  const { way, ...rest } = params;
  const place = placeOf(column, places);
  const where = place === null ? (row === undefined ? column : `${column}:${row}`) : `${place.file}:${place.line} ${column}`;
  const what = Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`);
  return [code, where, ...what, ...(way === undefined ? [] : [`→ ${String(way)}`])].join(' ');
}

/** The nearest value above that a file has: a missing key stands nowhere, the object that lacks it does. */
function placeOf(column: string, places: Gathered['places']): { readonly file: string; readonly line: number } | null {
  for (let path = column; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const place = places.get(path);
    if (place !== undefined) return place;
  }
  return null;
}
