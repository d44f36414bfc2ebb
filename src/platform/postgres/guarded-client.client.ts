import type { Socket } from 'node:net';
import type pg from 'pg';
import { CopyingClient } from './copy.client.ts';

/** The server stops every statement after a minute, so whoever says nothing for longer is not there any more. */
export const STATEMENT_MS = 60_000;
const SILENT_MS = STATEMENT_MS + 15_000;

/**
 * A connection whose other end vanished without a word (a cable, a firewall, a machine that stopped) is ended by us: nothing else
 * would end it, and whoever waits on it would wait for ever. A quiet network is asked for a sign of life much sooner.
 */
export class GuardedClient extends CopyingClient {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
    const { stream } = (this as unknown as { readonly connection: { readonly stream: Socket } }).connection;
    stream.setTimeout(SILENT_MS, () => stream.destroy(new Error('Connection terminated: the database said nothing for too long')));
  }
}
