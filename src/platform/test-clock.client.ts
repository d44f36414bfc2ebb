import { readFileSync } from 'node:fs';

/** For tests: the clock on the wall, moved by as many milliseconds as a file says at the moment. */
export function movedWall(file: string): () => number {
  let offset = 0;
  const look = (): void => {
    try {
      offset = Number(readFileSync(file, 'utf8')) || 0;
    } catch {
      offset = 0;
    }
  };
  look();
  setInterval(look, 100).unref();
  return () => Date.now() + offset;
}
