import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOM_BYTES = 1 << 30;

/** A new directory, in memory where there is room: a test cluster is forgotten at the end anyway, and a busy disk made one wait 10 s. */
export function tempDir(name: string): string {
  return mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), `voxloop-${name}-`));
}

function hasRoom(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize > ROOM_BYTES;
  } catch {
    return false;
  }
}
