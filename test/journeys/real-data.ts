import { existsSync } from 'node:fs';
import { join } from 'node:path';

const DATA = process.env.VOXLOOP_DATA;

/** A file of the real data sets; null when this machine has none. */
export function realFile(...path: string[]): string | null {
  if (DATA === undefined || DATA === '') return null;
  const file = join(DATA, ...path);
  return existsSync(file) ? file : null;
}

export const NO_DATA = 'no real data sets here: set VOXLOOP_DATA to the folder that holds them';
