import { open } from 'node:fs/promises';

/** Bytes that a database is about to vouch for must survive a power cut: what only the kernel holds does not. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
