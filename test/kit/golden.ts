import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Compares a text with the committed file at `path` (absolute, or below the project); `npm run golden` writes it instead.
 * Call it from a test; name the file `*.golden.*` unless it has a better name of its own.
 */
export function expectGolden(path: string, text: string): void {
  const file = path.startsWith('/') ? path : join(ROOT, path);
  const wanted = text.endsWith('\n') ? text : `${text}\n`;
  if (process.env.VOXLOOP_GOLDEN === 'write') {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) writeFileSync(file, wanted);
    return;
  }
  const name = relative(ROOT, file);
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : null;
  expect(committed, `${name} is not as the program makes it; if the change is meant, run npm run golden and commit it`).toBe(wanted);
}
