import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

test('every mistake of every file is in the message: file, line, what, way out', async () => {
  await writeFile(join(dir, 'examples.tsv'), 'fixed/broadband/outage\t没网\nfixed/nothing\t没网了\nno tab here\n');
  await writeFile(join(dir, 'counter-examples.tsv'), '没网\tfixed/broadband/slow\tfixed/broadband/slow\n只有两列\tfixed/broadband/slow\n');
  await writeFile(join(dir, 'broken.json'), '{"a": ');
  await writeFile(join(dir, 'twice.json'), '{\n "version": "2",\n "colour": "red"}');
  const message = await loadPack(dir).then(String, (error: unknown) => String(error));
  expect(message).toContain('broken.json why=not a JSON object → look for');
  expect(message).toContain('twice.json value=version → keep it in one file');
  expect(message).toContain('examples.tsv:3 why=no tab between the columns → write category ⇥ text');
  expect(message).toContain('counter-examples.tsv:2 why=2 columns instead of 3');
  expect(message).toContain('pack-invalid twice.json:3 colour why=unknown key');
});

test('a mistake in a list is told with the line that holds it', async () => {
  await writeFile(join(dir, 'examples.tsv'), 'fixed/broadband/outage\t没网\n\nfixed/nothing\t没网了\n');
  const terms = await readFile(join(dir, 'terms.json'), 'utf8');
  await writeFile(join(dir, 'terms.json'), terms.replace('"fixed/broadband/outage", "weight": 0.8}', '"fixed/none", "weight": 0.8}'));
  const message = await loadPack(dir).then(String, (error: unknown) => String(error));
  expect(message).toContain('pack-reference-unknown examples.tsv:3 examples.1.category value=fixed/nothing → write a code');
  expect(message).toMatch(/terms\.json:4 terms\.1\.category value=fixed\/none/);
  expect(message).toMatch(/categories\.json:5 categories\.2 why=fixed\/broadband\/outage has 1 examples, 15 are promised → write 14 more/);
});
