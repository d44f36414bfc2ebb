/** SQLSTATEs and socket errors that mean: the database is not there now, has no room, or gave way to another transaction; nothing is wrong with what was asked. */
const CODES =
  /^(57P0[1-5]|53\d\d\d|55P03|55006|57014|58030|58P01|25006|40001|40P01|08\w\w\w|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What `pg` says without a code when a connection ends under a statement, or none can be had. */
const WORDS =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Client was closed|Query read timeout|driver has already been destroyed/i;

/** The connection went, or the server cannot work now: whether the statement was done is not known, and asking again later may succeed. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && CODES.test(code)) return true;
  return typeof message === 'string' && WORDS.test(message);
}
