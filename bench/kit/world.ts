import { mkdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VOICE_FILES, headerOf, lineOf, mappingOf } from '../../scenarios/province/files.ts';
import { provinceOf } from '../../scenarios/province/province.ts';
import { toldDays } from '../../scenarios/province/tell.ts';
import { loadTopics, writeProvince } from '../../scenarios/province/write.client.ts';

const UNTIL = '2026-06-30T15:59:59.999Z';

/**
 * A folder with a province of 20,000 customers (organisation and customers, to be loaded first) and one CSV of exactly `rows` voices
 * of theirs, as the hotline writes it: 14 columns, about 35 characters of free text, 12 months.
 */
export async function writeWorld(
  dir: string,
  rows: number,
): Promise<{ readonly csv: string; readonly mapping: string; readonly customers: string }> {
  const customers = join(dir, 'customers');
  // The voices of this small world are not loaded: only its regions, units and customers are.
  await writeProvince({ customers: 20_000, months: 1, seed: 1, until: UNTIL, out: customers });
  const manifest = JSON.parse(await readFile(join(customers, 'scenario.json'), 'utf8')) as { files: { as: string }[] };
  writeFileSync(
    join(customers, 'scenario.json'),
    JSON.stringify({ ...manifest, files: manifest.files.filter(({ as }) => as === 'customers') }),
  );
  const shape = VOICE_FILES.hotline;
  mkdirSync(dir, { recursive: true });
  const mapping = join(dir, 'mapping.json');
  writeFileSync(mapping, JSON.stringify(mappingOf(shape)));
  const csv = join(dir, 'voices.csv');
  const file = await open(csv, 'w');
  try {
    await file.write(headerOf(shape));
    await writeVoices(file, rows);
  } finally {
    await file.close();
  }
  return { csv, mapping, customers };
}

async function writeVoices(file: FileHandle, rows: number): Promise<void> {
  const province = provinceOf({ customers: 20_000, months: Math.ceil(rows / 26_000) + 1, seed: 1, until: UNTIL, incidents: true });
  let left = rows;
  for (const day of toldDays(province, await loadTopics(), (code) => code)) {
    const lines = day.voices.slice(0, left).map(({ told }) => lineOf(VOICE_FILES.hotline, told));
    left -= lines.length;
    await file.write(lines.join(''));
    if (left === 0) return;
  }
  throw new Error(`The world told ${rows - left} voices, not ${rows}.`);
}
