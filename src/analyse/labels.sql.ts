import { sql } from 'kysely';
import type { Pack } from '../model/pack.ts';
import type { Answer, Names, Question } from '../model/question.ts';
import { TEMPERAMENTS, USAGE_GROUPS } from '../model/segment.ts';
import type { Coded } from '../model/vocabulary.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { ANSWERS_NAMED, CHANNELS_NAMED, emptyName, FEELINGS_NAMED, KINDS, segmentsNamed, sourceNames, STATUSES_NAMED } from './names.ts';
import { dimensionOf, type LabelSource } from './vocabulary.ts';

/** Names for the codes that stand in an answer's rows, and only those: a viewer learns no name of a place outside their rows. */
export async function labelsOf(db: Db, pack: Pack, by: Question['by'], rows: Answer['rows']): Promise<Answer['labels']> {
  const labels: Record<string, Readonly<Record<string, Names>>> = {};
  for (const name of by) {
    const found = dimensionOf(name);
    if (found === undefined || found.group === 'time') continue;
    const codes = [...new Set(rows.map((row) => row[name] ?? null))];
    const given = codes.filter((code): code is string => typeof code === 'string');
    const known = found.labels === null ? [] : await namesOf(db, pack, found.labels, given);
    const entries = known.filter((c) => given.includes(c.code)).map((c): [string, Names] => [c.code, c.names]);
    labels[name] = Object.fromEntries(codes.includes(null) ? [...entries, ['', emptyName(name)]] : entries);
  }
  return labels;
}

async function namesOf(db: Db, pack: Pack, source: LabelSource, codes: readonly string[]): Promise<readonly Coded[]> {
  switch (source) {
    case 'regions':
      return tableNames(db, sql<NameRow>`select code, name, name_en from regions where code = any(${codes}::text[])`);
    case 'units':
      return tableNames(db, sql<NameRow>`select id as code, name, name_en from org_units where id = any(${codes}::text[])`);
    case 'sources':
      return (
        await rowsOf(db, sql<{ code: string; name: string }>`select id as code, name from sources where id = any(${codes}::text[])`)
      ).map(({ code, name }) => ({ code, names: sourceNames(name) }));
    case 'clusters':
      return clusterNames(db, codes);
    default:
      return packNames(pack, source);
  }
}

/** Those of these clusters that there are, or all. */
export function clusterNames(db: Db, codes: readonly string[] | null): Promise<readonly Coded[]> {
  return tableNames(
    db,
    sql<NameRow>`
      select segment as code, name_zh as name, name_en from segments
      where scheme = 'clusters' and (${codes === null} or segment = any(${codes ?? []}::text[])) order by segment`,
  );
}

interface NameRow {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
}
async function tableNames(db: Db, statement: ReturnType<typeof sql<NameRow>>): Promise<readonly Coded[]> {
  return (await rowsOf(db, statement)).map((row) => ({ code: row.code, names: { zh: row.name, en: row.name_en } }));
}

export function packNames(pack: Pack, source: Exclude<LabelSource, 'regions' | 'units' | 'sources' | 'clusters'>): readonly Coded[] {
  switch (source) {
    case 'answers':
      return ANSWERS_NAMED;
    case 'statuses':
      return STATUSES_NAMED;
    case 'recorded':
      // Where agents filed under the very names of the pack, those have a translation.
      return pack.categories.map(({ names }) => ({ code: names.zh, names }));
    case 'kinds':
      return KINDS;
    case 'channels':
      return CHANNELS_NAMED;
    case 'feelings':
      return FEELINGS_NAMED;
    case 'categories':
      return pack.categories;
    case 'departments':
      return pack.departments;
    case 'stages':
      return pack.stages;
    case 'businesses':
      return pack.business_types;
    case 'supports':
      return pack.support_systems;
    case 'bearers':
      return pack.bearer_networks;
    case 'products':
      return pack.products;
    case 'segments':
      return segmentsNamed(pack.segments);
    case 'temperaments':
      return segmentsNamed(TEMPERAMENTS);
    case 'usage-groups':
      return segmentsNamed(USAGE_GROUPS);
  }
}
