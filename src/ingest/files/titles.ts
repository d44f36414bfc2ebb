import type { Problem } from '../../model/problem.ts';

/** Titles that would be something else as a key of an object. */
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

export function safeTitle(title: string): string {
  return UNSAFE.has(title) ? `column ${title.replaceAll('_', '')}` : title;
}

/** Trimmed, never empty, never twice; every title that had to change is told. */
export function uniqueTitles(header: readonly (string | null)[]): {
  readonly titles: readonly string[];
  readonly problems: readonly Problem[];
} {
  const taken = new Set<string>();
  const problems: Problem[] = [];
  const titles = header.map((cell, i) => {
    const title = (cell ?? '').replace(/[\s\u00a0\ufeff\0]+/g, ' ').trim();
    const base = title === '' ? `column ${i + 1}` : safeTitle(title);
    let unique = base;
    for (let n = 2; taken.has(unique); n++) unique = `${base} ${n}`;
    taken.add(unique);
    if (unique !== title) problems.push({ code: 'header-duplicate', column: unique, params: { title, renamed: unique } });
    return unique;
  });
  return { titles, problems };
}

/** A second header further down, as in files that were put together from several. */
export function repeatsTitles(cells: readonly (string | null)[], titles: readonly string[]): boolean {
  if (titles.length < 2 || cells.length !== titles.length) return false;
  // Few rows begin like the header: only those are looked at whole.
  const first = cells[0];
  if (first === null || first === undefined || first.replace('\ufeff', '').trim() !== titles[0]) return false;
  return uniqueTitles(cells).titles.every((title, i) => title === titles[i]);
}
