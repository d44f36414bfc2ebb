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
