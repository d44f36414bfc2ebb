import type { Warehouse, WarehouseWriter } from '../platform/warehouse/warehouse.ts';
import { BEGINNING, type Position } from './changed.sql.ts';
import { FOLLOW_MARKS } from './wide-tables.ts';

export type Follower = 'voices' | 'subscribers' | 'segments';
export interface Mark extends Position {
  readonly asOfMs: number;
}

export async function markOf(store: Pick<Warehouse | WarehouseWriter, 'select'>, follower: Follower): Promise<Mark> {
  const rows = await store.select('select tx, after_key, as_of_ms from follow_marks where follower = $1', [follower]);
  const row = rows[0];
  if (row === undefined) return { ...BEGINNING, asOfMs: 0 };
  return { tx: Number(row['tx']), afterKey: String(row['after_key']), asOfMs: Number(row['as_of_ms']) };
}

export async function setMark(writer: WarehouseWriter, follower: Follower, mark: Mark): Promise<void> {
  await writer.remove(FOLLOW_MARKS, 'follower', [follower]);
  await writer.append(FOLLOW_MARKS, [[follower, mark.tx, mark.afterKey, mark.asOfMs]]);
}
