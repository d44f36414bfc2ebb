import { mkdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VOICE_FILES, headerOf, lineOf, mappingOf } from '../../scenarios/province/files.ts';
import { provinceOf } from '../../scenarios/province/province.ts';
import { toldDays } from '../../scenarios/province/tell.ts';
import { loadTopics, writeProvince } from '../../scenarios/province/write.client.ts';

const UNTIL = '2026-06-30T15:59:59.999Z';

/**
 * A folder with a province of 15,000 customers (organisation and customers, to be loaded first) and one CSV of exactly `rows` voices
 * of theirs, as the hotline writes it: 14 columns, about 60 characters of free text.
 */
export async function writeWorld(
  dir: string,
  rows: number,
): Promise<{ readonly csv: string; readonly mapping: string; readonly customers: string }> {
  const customers = join(dir, 'customers');
  // The voices of this small world are not loaded: only its regions, units and customers are.
  await writeProvince({ customers: 15_000, months: 1, seed: 1, until: UNTIL, out: customers });
  const manifest = JSON.parse(await readFile(join(customers, 'scenario.json'), 'utf8')) as { files: { as: string }[] };
  writeFileSync(
    join(customers, 'scenario.json'),
    JSON.stringify({ ...manifest, files: manifest.files.filter(({ as }) => as === 'customers'), actions: undefined, experiments: [] }),
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

/** The world's texts have some 28 characters; how a call ends brings them to about 60. */
const ENDINGS = [
  '，之前打过热线，说两个工作日内会有人联系，到现在一直没有任何消息',
  '，希望今天之内给一个明确的答复，不要再让我一遍一遍地打电话催了',
  '，客户情绪比较激动，要求尽快核实处理，并由负责人回电说明原因',
  '，已经不是第一次了，上个月也出现过同样的情况，当时说是彻底解决了',
  '，家里老人和孩子平时都要用，请尽快安排人员上门看看到底怎么回事',
  '，如果这次还解决不了，就打算换到别家去了，请务必重视并给个说法',
  '，坐席已按口径做过解释，客户表示不认可，要求上级部门核查后回复',
];

async function writeVoices(file: FileHandle, rows: number): Promise<void> {
  const province = provinceOf({ customers: 15_000, months: Math.ceil(rows / 26_000) + 1, seed: 1, until: UNTIL, incidents: true });
  let left = rows;
  for (const day of toldDays(province, await loadTopics(), (code) => code)) {
    const lines = day.voices
      .slice(0, left)
      .map(({ told }, i) => lineOf(VOICE_FILES.hotline, { ...told, text: told.text + (ENDINGS[i % ENDINGS.length] ?? '') }));
    left -= lines.length;
    await file.write(lines.join(''));
    if (left === 0) return;
  }
  throw new Error(`The world told ${rows - left} voices, not ${rows}.`);
}
