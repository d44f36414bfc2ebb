import { setImmediate } from 'node:timers/promises';

/** Some 10 ms of judging, masking or hashing; then whoever else waits for the event loop has a turn. */
const SLICE = 250;

export async function mapInSlices<From, To>(items: readonly From[], map: (item: From) => To): Promise<To[]> {
  const mapped: To[] = [];
  for (const [i, item] of items.entries()) {
    if (i > 0 && i % SLICE === 0) await setImmediate();
    mapped.push(map(item));
  }
  return mapped;
}
