import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { Ledger } from './crash-ledger.ts';
import { type Ran, type ServerProcess, type Settings, ask, killHard, startServer } from './server-process.ts';

export interface LiveAlarm {
  readonly id: string;
  readonly state: string;
  readonly rule: { readonly id: string };
  readonly entity: { readonly value: string };
  readonly began_at: string;
  readonly historical: boolean;
}

/** One home, its server, and what a client of it knows; for tests that break things under it. */
export class FaultHome implements AsyncDisposable {
  readonly home: string;
  readonly ledger = new Ledger('push');
  server!: ServerProcess;
  token = '';
  #next = 0;
  readonly #settings: Settings;
  readonly #started: number[] = [];

  constructor(home: string, settings: Settings = {}) {
    this.home = home;
    this.#settings = settings;
  }

  async start(more: Settings = {}): Promise<ServerProcess> {
    const server = await startServer(this.home, (child) => this.#started.push(child.pid ?? 0), { ...this.#settings, ...more });
    if (server === null) throw new Error('The server was killed.');
    this.server = server;
    if (this.token === '') this.token = (await this.ask('token', 'operator')).out.trim();
    return server;
  }

  ask(...argv: string[]): Promise<Ran> {
    return ask(this.home, argv);
  }

  /** One push that must be acknowledged, or may fail. */
  push(): Promise<boolean> {
    return this.ledger.push(this.server.base, this.token, `p${this.#next++}`);
  }

  /** A request with the operator's token. */
  call(method: 'GET' | 'POST', path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.server.base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'x-voxloop': '1' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Eight customers of an estate whose line is dead, a second apart: a rule of the default world fires. */
  async outage(community: string, saidMs: number): Promise<void> {
    for (let i = 0; i < 8; i++) {
      const id = `${community}-${saidMs}-${i}`;
      const said = {
        id,
        kind: 'complaint',
        channel: 'hotline',
        region: community,
        said_at: new Date(saidMs + i * 1000).toISOString(),
        text: '家里宽带断网了，光猫红灯一直闪，上不了网',
      };
      expect((await this.call('POST', '/api/voices?source=clock', said, { 'idempotency-key': id })).status).toBe(201);
    }
  }

  /** Alarms of that rule that began while the server ran, newest first. */
  async liveAlarms(): Promise<readonly LiveAlarm[]> {
    const { rows } = (await (await this.call('GET', '/api/alarms')).json()) as { rows: readonly LiveAlarm[] };
    return rows.filter((alarm) => !alarm.historical && alarm.rule.id === 'community-broadband-outage');
  }

  /** Pushes without rest from several clients until told to stop; what was not acknowledged stays open in the ledger. */
  load(clients = 3): { stop(): Promise<void> } {
    let going = true;
    const work = Array.from({ length: clients }, async () => {
      while (going) if (!(await this.push())) await sleep(50);
    });
    return {
      stop: async () => {
        going = false;
        await Promise.all(work);
      },
    };
  }

  /** Clients send again what they have no answer for, until they have one. */
  async catchUp(patienceMs = 30_000): Promise<void> {
    const end = performance.now() + patienceMs;
    for (const key of this.ledger.open)
      while (!(await this.ledger.push(this.server.base, this.token, key))) {
        if (performance.now() > end) throw new Error(`The server did not take ${key} within ${patienceMs} ms`);
        await sleep(100);
      }
  }

  /** The status of /readyz and its reasons, within `timeoutMs`. */
  async ready(timeoutMs = 8_000): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await fetch(`${this.server.base}/readyz`, { signal: AbortSignal.timeout(timeoutMs) });
    return { status: answer.status, text: await answer.text() };
  }

  /** Milliseconds until /readyz says so. */
  async until(status: 200 | 503, patienceMs: number): Promise<number> {
    const began = performance.now();
    for (let last = ''; ;) {
      const now = await this.ready().catch((error: unknown) => ({ status: 0, text: String(error) }));
      if (now.status === status) return performance.now() - began;
      last = now.text;
      if (performance.now() - began > patienceMs) throw new Error(`/readyz did not say ${status} within ${patienceMs} ms: ${last}`);
      await sleep(50);
    }
  }

  /** Every promise, and every acknowledgement. The process that began is the one that still runs. */
  async holds(): Promise<void> {
    const { exit, out, err } = await this.ask('fsck', '--json');
    expect(exit === 0 ? [] : [out, err]).toEqual([]);
    expect(await this.ledger.breaks(this.home)).toEqual([]);
  }

  isAlive(): boolean {
    return this.server.child.exitCode === null && this.server.child.signalCode === null;
  }

  postmaster(): number {
    return Number(readFileSync(join(this.home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async stop(): Promise<void> {
    this.server.child.kill('SIGTERM');
    await this.server.gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pid of this.#started) killHard(pid, 'tree');
    await sleep(200);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
