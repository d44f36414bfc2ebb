import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadPack, packDirectory } from './load-pack.client.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pack-'));
  await cp(packDirectory(), dir, { recursive: true });
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

test('a folder of files is one pack', async () => {
  expect((await loadPack(dir)).id).toBe('telecom-zh');
});

test('every mistake of every file is in the message, with its place', async () => {
  await writeFile(join(dir, 'examples.tsv'), 'fixed/nothing\t没网\nno tab here\n');
  await writeFile(join(dir, 'broken.json'), '{"a": ');
  await writeFile(join(dir, 'twice.json'), '{"version": "2"}');
  const message = await loadPack(dir).then(String, (error: unknown) => String(error));
  expect(message).toContain('examples.0.category value=fixed/nothing');
  expect(message).toContain('examples.tsv:2 why=no tab');
  expect(message).toContain('broken.json why=not a JSON object');
  expect(message).toContain('twice.json value=version');
});
