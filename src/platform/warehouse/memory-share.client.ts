import { totalmem } from 'node:os';

const LEAST_MB = 512;
const MOST_MB = 8_192;
/** The engine keeps what it read in here; the rest of the machine is for PostgreSQL, for this program, and for files that were read. */
const SHARE = 6;

/** How much memory the warehouse may take: a sixth of what the machine, or the container around us, has. */
export function memoryShare(): string {
  const constrained = process.constrainedMemory();
  const bytes = Math.min(totalmem(), constrained > 0 ? constrained : Infinity);
  return `${Math.round(Math.min(MOST_MB, Math.max(LEAST_MB, bytes / SHARE / 2 ** 20)))}MB`;
}
