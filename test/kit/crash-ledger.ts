import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../src/platform/postgres/connect.client.ts';

/** What a client of the server knows for itself: what it tried to send, and what it was told is safe. */
export class Ledger {
  readonly #source: string;
  /** Idempotency key → outside id. */
  readonly attempted = new Map<string, string>();
  readonly acknowledged = new Set<string>();

  constructor(source: string) {
    this.#source = source;
  }

  get open(): readonly string[] {
    return [...this.attempted.keys()].filter((key) => !this.acknowledged.has(key));
  }

  /** Pushes one voice; true: acknowledged. The same key sends the same voice again. */
  async push(base: string, token: string, key: string): Promise<boolean> {
    const id = `voice-${key}`;
    this.attempted.set(key, id);
    try {
      const answer = await fetch(`${base}/api/voices?source=${this.#source}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({
          id,
          kind: 'complaint',
          channel: 'hotline',
          said_at: '2026-03-01T10:00:00+08:00',
          text: `宽带断了，第 ${key} 次来电`,
        }),
      });
      const body = (await answer.json()) as { accepted?: number; duplicates?: number };
      // The database is away, or the disk is full: nothing is promised, and the client sends it again later.
      if (answer.status === 503) return false;
      if (!answer.ok) throw new Error(`push ${key} was refused: ${answer.status} ${JSON.stringify(body)}`);
      if ((body.accepted ?? 0) + (body.duplicates ?? 0) !== 1) throw new Error(`push ${key} was answered ${JSON.stringify(body)}`);
      this.acknowledged.add(key);
      return true;
    } catch (error) {
      // The server died under the request: whether it was stored is not known.
      if (error instanceof TypeError || error instanceof SyntaxError) return false;
      throw error;
    }
  }

  /** Every break of: acknowledged ⊆ stored ⊆ attempted, and nothing twice. */
  async breaks(home: string): Promise<readonly string[]> {
    const stored = await storedKeys(home, this.#source);
    const there = new Set(stored);
    const tried = new Set(this.attempted.values());
    return [
      ...(there.size === stored.length ? [] : [`${stored.length - there.size} voices stand twice`]),
      ...[...this.acknowledged].filter((key) => !there.has(this.attempted.get(key) ?? '')).map((key) => `acknowledged, but lost: ${key}`),
      ...stored.filter((id) => !tried.has(id)).map((id) => `stored, but never sent: ${id}`),
    ];
  }
}

/** Outside ids of a source, straight from the home's database: past everything that might share a mistake with the server. */
export async function storedKeys(home: string, source: string): Promise<readonly string[]> {
  const password = readFileSync(join(home, 'postgres/password'), 'utf8').trim();
  const port = readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[3];
  const { pool, close } = await connect(`postgres://voxloop:${password}@127.0.0.1:${port}/voxloop`, { max: 1 });
  try {
    const found = await pool.query<{ outside_key: string }>(
      'select v.outside_key from voices v join sources s on s.id = v.source_id where s.name = $1',
      [source],
    );
    return found.rows.map((row) => row.outside_key);
  } finally {
    await close();
  }
}
