import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Viewer } from '../../src/model/people.ts';
import { SUBSCRIBER_ROWS, VOICE_ROWS, WAREHOUSE_TABLES } from '../../src/analyse/index.ts';
import { instantOfWall, wallMsOf } from '../../src/model/zoned-time.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { type DuckDb, openDuckDb } from '../../src/platform/warehouse/duckdb.client.ts';
import type { Cell, WideTable } from '../../src/platform/warehouse/warehouse.ts';
import { SOME_MORNING } from './clock.ts';

export const ZONE = 'Asia/Shanghai';

/** One wide row by column name; what is left out is null. `said` is local wall time. */
export type Given = Readonly<Record<string, Cell>> & { readonly id: number; readonly said: string };

export interface TestWarehouse {
  readonly warehouse: DuckDb;
  /** What `askNumbers` and `searchVoices` need of a context. */
  readonly ctx: {
    readonly warehouse: DuckDb;
    readonly config: { readonly timeZone: string } & never;
    readonly clock: ReturnType<typeof fixedClock>;
  };
}

/** A warehouse in memory that holds exactly these rows. */
export async function warehouseOf(
  voices: readonly Given[],
  subscribers: readonly Readonly<Record<string, Cell>>[] = [],
): Promise<TestWarehouse> {
  const warehouse = await openDuckDb({
    file: ':memory:',
    tables: WAREHOUSE_TABLES,
    tempDir: join(tmpdir(), 'voxloop-warehouse'),
    connections: 2,
    log: { warn: () => undefined, error: () => undefined },
  });
  await warehouse.write(async (writer) => {
    await writer.append(
      VOICE_ROWS,
      voices.map((v) => cells(VOICE_ROWS, wide(v))),
    );
    await writer.append(
      SUBSCRIBER_ROWS,
      subscribers.map((s) => cells(SUBSCRIBER_ROWS, s)),
    );
  });
  const ctx = { warehouse, config: { timeZone: ZONE }, clock: fixedClock(SOME_MORNING) };
  return { warehouse, ctx: ctx as unknown as TestWarehouse['ctx'] };
}

function wide({ said, ...given }: Given): Readonly<Record<string, Cell>> {
  const wall = Date.parse(`${said}Z`);
  const at = instantOfWall(wall, ZONE);
  const category = (given['category'] as string | null | undefined) ?? null;
  const parts = category?.split('/') ?? [];
  return {
    said_at: at,
    said_local: wallMsOf(at, ZONE),
    said_at_known: true,
    arrived_at: at,
    source: 'hotline',
    channel: 'hotline',
    kind: 'complaint',
    batch: 'ba_1',
    feeling: 'neutral',
    language: 'zh',
    confidence: 0.5,
    text_masked: '宽带断了',
    attributes: {},
    category_1: parts[0] ?? null,
    category_2: parts.length > 1 ? parts.slice(0, 2).join('/') : null,
    ...given,
  };
}

function cells(table: WideTable, row: Readonly<Record<string, Cell>>): readonly Cell[] {
  const unknown = Object.keys(row).filter((name) => !table.columns.some((c) => c.name === name));
  if (unknown.length > 0) throw new Error(`${table.name} has no column ${unknown.join(', ')}`);
  return table.columns.map((c) => row[c.name] ?? null);
}

export function viewerOf(part: Partial<Viewer> = {}): Viewer {
  return {
    member: 'me_test' as Viewer['member'],
    name: '测试',
    roles: ['analyst'],
    scope: 'province',
    unit: 'u' as Viewer['unit'],
    unitPath: '/u/',
    city: null,
    district: null,
    staffNo: null,
    department: null,
    locale: 'zh',
    ...part,
  };
}
