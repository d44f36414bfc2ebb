import type { Logger } from 'pino';
import type { Pack } from '../model/pack.ts';
import type { Reading } from '../model/reading.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Ids } from './new-id.ts';
import type { Db } from './postgres/db.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/** Reads texts in a thread of its own, so that nobody waits for it. */
export interface ReaderPort {
  readonly version: string;
  read(texts: readonly string[]): Promise<readonly Reading[]>;
}

/** Everything from outside that work may need; built once in `app/context.ts`, handed down, never global. */
export interface Context {
  readonly config: Config;
  readonly db: Db;
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly log: Logger;
  readonly pack: Pack;
  readonly reader: ReaderPort;
}
