import type { Socket } from 'node:net';
import type pg from 'pg';
import { CopyingClient } from './copy.client.ts';

/** The server stops every statement after a minute unless the connection asks for another limit. */
export const STATEMENT_MS = 60_000;
/** Whoever says nothing for so much longer than any statement may take is not there any more. */
const GRACE_MS = 15_000;

/**
 * A connection whose other end vanished without a word (a cable, a firewall, a machine that stopped) is ended by us: nothing else
 * would end it, and whoever waits on it would wait for ever. A quiet network is asked for a sign of life much sooner.
 * The limit is the one that the connection was opened with: a `set statement_timeout` later on is the server's business and unknown here.
 */
export class GuardedClient extends CopyingClient {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
    const { stream } = (this as unknown as { readonly connection: { readonly stream: Socket } }).connection;
    const silentMs = (Number(config?.statement_timeout) || STATEMENT_MS) + GRACE_MS;
    stream.setTimeout(silentMs, () => stream.destroy(new Error('Connection terminated: the database said nothing for too long')));
  }
}
