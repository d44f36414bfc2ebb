import { sql } from 'kysely';
import type { Context, NewReadings } from '../platform/context.ts';
import { copyInto } from '../platform/postgres/copy.client.ts';
import { withHeads } from '../platform/postgres/row-packer.client.ts';
import { type Tx, rowsOf } from '../platform/postgres/db.ts';
import { type ChunkToStore } from './judge-in-worker.client.ts';
import { VOICE_COLUMNS } from './judge-voices.client.ts';
import { foretold, type Loaded, refusal, type Seen } from './load-chunk.ts';

interface Standing {
  readonly id: number;
  readonly hash: string;
}

/**
 * Stores what is new of a judged chunk, with its readings. Keys are looked up first and the rest is copied, because COPY knows no
 * `on conflict`: should somebody store one of these keys in between, the COPY fails as a whole and the chunk is tried again.
 */
export async function storeVoiceChunk(
  tx: Tx,
  ctx: Context,
  source: string,
  chunk: ChunkToStore,
  readings: NewReadings | null,
): Promise<Loaded> {
  const { rows, keys, hashes } = chunk;
  const standing = await standingVoices(tx, source, keys);
  const duplicates: number[] = [];
  const conflicts: { row: number; key: string; voiceId: number }[] = [];
  const ids = keys.map((key, i) => {
    const hash = hashes[i] ?? '';
    const before = standing.get(key);
    if (before === undefined) {
      const id: number = ctx.ids.voice(`${source}:${key}`);
      standing.set(key, { id, hash });
      return id;
    }
    if (before.hash === hash) duplicates.push(i);
    else conflicts.push({ row: rows[i] ?? 0, key, voiceId: before.id });
    return null;
  });
  const fresh = ids.filter((id) => id !== null);
  if (fresh.length > 0) {
    const now = ctx.clock.nowMs();
    await copyInto(tx, 'voices', VOICE_COLUMNS, withHeads(chunk.packed, ids, now));
    await readings?.store(tx, ids, now);
  }
  const raws = conflicts.length === 0 ? [] : await chunk.raws(conflicts.map(({ row }) => row));
  const refused = conflicts.map(({ row, key, voiceId }, i) => refusal(row, 'conflict', raws[i], voiceId, key));
  return {
    accepted: fresh.length,
    duplicates: duplicates.length,
    rejected: [...chunk.rejected, ...refused],
    warned: chunk.warned,
    unread: readings === null ? fresh : [],
  };
}

/** What storing would come to, without storing. */
export async function foretellVoiceChunk(tx: Tx, source: string, chunk: ChunkToStore, seen: Seen): Promise<Loaded> {
  const keyed = chunk.rows.map((row, i) => ({ row, key: chunk.keys[i] ?? '', hash: chunk.hashes[i] ?? '' }));
  const { accepted, duplicates, conflicts } = foretold(keyed, await standingVoices(tx, source, chunk.keys), seen, false);
  const raws = conflicts.length === 0 ? [] : await chunk.raws(conflicts.map(({ row }) => row));
  const refused = conflicts.map(({ row, key, voiceId }, i) => refusal(row, 'conflict', raws[i], voiceId, key));
  return { accepted, duplicates, rejected: [...chunk.rejected, ...refused], warned: chunk.warned, unread: [] };
}

async function standingVoices(tx: Tx, source: string, keys: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await rowsOf(
    tx,
    sql<Standing & { key: string }>`
      select outside_key as key, encode(body_hash, 'hex') as hash, id from voices where source_id = ${source} and outside_key = any(${keys}::text[])`,
  );
  return new Map(rows.map((row) => [row.key, row]));
}
