import { type Kysely, type RawBuilder, type Transaction } from 'kysely';

/** Rows are typed at each statement; the tables' shapes live in `migrations/`. */
export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
export type Tables = Record<string, Record<string, unknown>>;

export async function rowsOf<Row>(db: Db, statement: RawBuilder<Row>): Promise<readonly Row[]> {
  return (await statement.execute(db)).rows;
}

export async function rowOf<Row>(db: Db, statement: RawBuilder<Row>): Promise<Row | undefined> {
  return (await statement.execute(db)).rows[0];
}

/** Runs a statement for its effect and says how many rows it touched. */
export async function touched(db: Db, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(db)).numAffectedRows ?? 0n);
}

export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Tx) : db.transaction().execute(work);
}
