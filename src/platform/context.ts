import type pg from 'pg';
import type { Logger } from 'pino';
import type { Pack } from '../model/pack.ts';
import type { Reading } from '../model/reading.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Ids } from './new-id.ts';
import type { Db, Tx } from './postgres/db.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/** Reads texts in a thread of its own, so that nobody waits for it. */
export interface ReaderPort {
  readonly version: string;
  read(texts: readonly string[]): Promise<readonly Reading[]>;
  /** Reads voices before they are stored, so that an import stores both in one transaction and nobody fetches the texts again. */
  readNew(texts: readonly string[]): Promise<NewReadings>;
}

/** Readings of voices that have no ids yet. */
export interface NewReadings {
  /** Stores them under the ids that the texts got, in their order; null: that voice was not stored. */
  store(tx: Tx, ids: readonly (number | null)[], readAtMs: number): Promise<void>;
}

/** Everything from outside that work may need; built once in `app/context.ts`, handed down, never global. */
export interface Context {
  readonly config: Config;
  readonly db: Db;
  /** The same database over connections of their own, for bulk work: it gives way to what people wait for. */
  readonly bulk: Db;
  /** And for the few statements that may honestly take minutes: they give way as bulk work does, and nobody else waits behind them. */
  readonly patient: Db;
  /** The connections of `patient`, for COPY to the outside, which Kysely does not speak. */
  readonly pool: pg.Pool;
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly log: Logger;
  readonly pack: Pack;
  readonly reader: ReaderPort;
}
