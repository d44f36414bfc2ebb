import { type FileHandle, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { loadPack } from '../../src/understand/load-pack.client.ts';
import { deedsOf } from './deeds.ts';
import { CUSTOMER_FILE, type FileShape, headerOf, lineOf, mappingOf, type Told, VOICE_FILES } from './files.ts';
import { readPhrases, type Topic } from './phrases.ts';
import type { PlantedAction } from './planted/plan.ts';
import { type Province, provinceOf } from './province.ts';
import { toldDays } from './tell.ts';
import { TRIAL_ASKS, trialFiles } from './trial-files.ts';
import { actionsOf, customerTruths, truthFile } from './truth-file.ts';
import { USAGE_FILE, USAGE_HEADER, usageOf } from './usage.ts';
import { beginOf, localText, SOURCES, type WorldOptions } from './world.ts';

export interface WriteProvince {
  readonly customers: number;
  readonly months: number;
  readonly seed: number;
  /** ISO instant at which the world ends. */
  readonly until: string;
  /** Directory; made when missing, files in it are replaced. */
  readonly out: string;
  readonly incidents?: boolean;
}

export interface WrittenProvince {
  readonly voices: number;
  readonly customers: number;
  readonly files: readonly string[];
}

export async function loadTopics(): Promise<readonly Topic[]> {
  return readPhrases(await readFile(new URL('phrases.txt', import.meta.url), 'utf8'));
}

/** Writes the sample province as the ordinary files of five systems, with the truth beside them. A day at a time, so memory stays flat. */
export async function writeProvince({ out, ...rest }: WriteProvince): Promise<WrittenProvince> {
  const options: WorldOptions = { ...rest, incidents: rest.incidents ?? true };
  const province = provinceOf(options);
  await mkdir(join(out, 'voices'), { recursive: true });
  await writeJson(join(out, 'organisation.json'), organisationFile(province));
  await writeCustomers(out, province);
  await writeUsage(out, province);
  const { voices, perIncident } = await writeVoices(out, province);
  await writeJson(join(out, 'truth.json'), truthFile(province, perIncident));
  await writeFile(join(out, 'truth.customers.ndjson'), [...customerTruths(province)].join(''));
  const trials = trialFiles(province);
  await mkdir(join(out, 'experiments'), { recursive: true });
  for (const { path, text } of trials) await writeFile(join(out, path), text);
  await writeJson(join(out, 'deeds.json'), deedsOf(province.incidents, Date.parse(options.until)));
  const shapes = SOURCES.map((source) => VOICE_FILES[source]);
  await writeJson(join(out, 'scenario.json'), manifestOf(options, shapes));
  const voiceFiles = shapes.map((shape) => shape.path);
  const files = [
    'scenario.json',
    'organisation.json',
    'customers.csv',
    'usage.csv',
    ...voiceFiles,
    'actions.csv',
    ...trials.map(({ path }) => path),
    'deeds.json',
    'truth.json',
    'truth.voices.ndjson',
    'truth.customers.ndjson',
  ];
  return { voices, customers: province.customers.length, files };
}

function organisationFile({ land, organisation }: Province): unknown {
  return { regions: land.regions, units: organisation.units, members: organisation.members, specialists: organisation.specialists };
}

function manifestOf(options: WorldOptions, voices: readonly FileShape<never>[]): unknown {
  const entry = (shape: FileShape<never>): unknown => {
    const { path, source, as } = shape;
    const encoding = shape.encoding === 'gb18030' ? { encoding: 'gb18030' } : {};
    return { path, source, as, ...encoding, zone: 'Asia/Shanghai', mapping: mappingOf(shape) };
  };
  const { seed, customers, months, until } = options;
  const from = new Date(beginOf(options)).toISOString();
  return {
    seed,
    customers,
    months,
    from,
    until,
    organisation: 'organisation.json',
    files: [entry(CUSTOMER_FILE), USAGE_FILE, ...voices.map(entry)],
    actions: 'actions.csv',
    experiments: TRIAL_ASKS,
  };
}

async function writeCustomers(out: string, province: Province): Promise<void> {
  const lines = province.customers.flatMap((customer) =>
    customer.subscriptions.map((subscription) => lineOf(CUSTOMER_FILE, { customer, subscription })),
  );
  await writeFile(join(out, CUSTOMER_FILE.path), headerOf(CUSTOMER_FILE) + lines.join(''));
}

async function writeUsage(out: string, province: Province): Promise<void> {
  const file = await begun(join(out, 'usage.csv'), USAGE_HEADER, 'utf-8');
  try {
    for (const block of usageOf(province)) await file.write(block);
  } finally {
    await file.close();
  }
}

async function writeVoices(out: string, province: Province): Promise<{ voices: number; perIncident: ReadonlyMap<string, number> }> {
  const names = new Map((await loadPack()).categories.map((category) => [category.code, category.names.zh]));
  const topics = await loadTopics();
  const truth = await begun(join(out, 'truth.voices.ndjson'), '', 'utf-8');
  const actions = await begun(join(out, 'actions.csv'), ACTIONS_HEADER, 'utf-8');
  const files = await Promise.all(SOURCES.map(async (source) => ({ source, file: await begunShape(out, VOICE_FILES[source]) })));
  const perIncident = new Map<string, number>();
  let voices = 0;
  try {
    for (const day of toldDays(province, topics, (code) => names.get(code) ?? code)) {
      voices += day.voices.length;
      for (const { incident } of day.voices.map((voice) => voice.truth)) {
        if (incident !== null) perIncident.set(incident, (perIncident.get(incident) ?? 0) + 1);
      }
      for (const { source, file } of files) {
        const shape = VOICE_FILES[source];
        const lines = day.voices.filter((voice) => voice.told.source === source).map((voice) => lineOf(shape, voice.told));
        await file.write(encoded(lines.join(''), shape.encoding));
      }
      await actions.write(day.voices.map(({ told }) => actionLines(province, told)).join(''));
      await truth.write(encoded(day.voices.map((voice) => `${JSON.stringify(voice.truth)}\n`).join(''), 'utf-8'));
    }
  } finally {
    for (const file of [truth, actions, ...files.map((each) => each.file)]) await file.close();
  }
  return { voices, perIncident };
}

const ACTIONS_HEADER = '声音编号,客户编号,时间,动作\r\n';
const ACTION_WORDS: Readonly<Record<PlantedAction, string>> = {
  'solve-now': '首次解决',
  'explain-bill': '账单解释',
  callback: '回访安抚',
  'care-call': '关怀外呼',
};

/** What was done about a grievance before the world ended. */
function actionLines(province: Province, { planted, outsideId, customer }: Told): string {
  if (planted?.grievance === undefined) return '';
  const done = actionsOf(province, planted.event).filter(({ at }) => at < Date.parse(province.options.until));
  return done
    .map(({ action, at }) => `${outsideId},${customer.id},${localText(at).replace('T', ' ')},${ACTION_WORDS[action]}\r\n`)
    .join('');
}

async function begunShape(out: string, shape: FileShape<never>): Promise<FileHandle> {
  return begun(join(out, shape.path), headerOf(shape), shape.encoding);
}

async function begun(path: string, header: string, encoding: FileShape<never>['encoding']): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  await file.write(encoded(header, encoding));
  return file;
}

function encoded(text: string, encoding: FileShape<never>['encoding']): Buffer {
  return encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text);
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
