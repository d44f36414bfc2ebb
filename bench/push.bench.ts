import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.client.ts';
import { ask, startServer } from '../test/kit/server-process.ts';
import { type TreeUse, watchTree } from './kit/process-tree.ts';
import { percentile, printMachine, printTable, whole } from './kit/report.ts';

/**
 * One voice a request over 64 kept-alive connections, each answered after its commit, beside 64 connections that insert and commit
 * one row each into a plain table of the same PostgreSQL: `npm run bench push [seconds]`.
 */
const SECONDS = Number(process.argv[2] ?? 15);
const CONNECTIONS = 64;
const GATE_PER_SECOND = 1_000;
const GATE_P99_MS = 100;
const TEXTS = [
  '家里宽带从昨晚开始就断了，光猫红灯一直闪',
  '这个月账单多扣了二十块，没人解释',
  '营业厅排队太久，实名认证办了一上午',
  '网速很慢，视频一直卡，信号只有一格',
];

interface Measured extends TreeUse {
  readonly perSecond: number;
  readonly sorted: readonly number[];
}

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
try {
  printMachine(`push: ${CONNECTIONS} connections, one voice a request`);
  const ours = await measureServer(join(folder, 'home'));
  const peer = await measurePlain(join(folder, 'peer'));
  const row = (name: string, m: Measured): string[] => [
    name,
    whole(m.perSecond),
    ...[0.5, 0.95, 0.99].map((share) => percentile(m.sorted, share).toFixed(1)),
    (m.sorted.at(-1) ?? 0).toFixed(0),
    m.cpuSeconds.toFixed(1),
    m.perName,
    `${m.peakMb}`,
  ];
  printTable(
    ['way', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'server CPU s', 'by process', 'server peak MB'],
    [
      row('POST /api/voices: key, audit, job, voice, commit', ours),
      row('peer: INSERT + COMMIT of one plain row', peer),
      [
        'ratio',
        (ours.perSecond / peer.perSecond).toFixed(2),
        '',
        '',
        (percentile(ours.sorted, 0.99) / percentile(peer.sorted, 0.99)).toFixed(2),
        '',
        '',
        '',
        '',
      ],
    ],
  );
  const passed = ours.perSecond >= GATE_PER_SECOND && percentile(ours.sorted, 0.99) <= GATE_P99_MS;
  console.log(`gate ≥ ${whole(GATE_PER_SECOND)}/s, p99 ≤ ${GATE_P99_MS} ms: ${passed ? 'met' : 'NOT met'}`);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The same loop for both: each connection sends its next request when the last is answered. The first second warms up and is not counted. */
async function drive(send: (n: number) => Promise<void>): Promise<{ perSecond: number; sorted: readonly number[]; sent: number }> {
  const took: number[] = [];
  let sent = 0;
  const began = performance.now();
  const counted = began + 1_000;
  const end = counted + SECONDS * 1_000;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (;;) {
        const from = performance.now();
        if (from >= end) return;
        await send(sent++);
        if (from >= counted) took.push(performance.now() - from);
      }
    }),
  );
  return { perSecond: took.length / ((performance.now() - counted) / 1_000), sorted: took.toSorted((a, b) => a - b), sent };
}

async function measureServer(home: string): Promise<Measured> {
  const server = await startServer(home);
  if (server === null) throw new Error('The server did not start.');
  const token = (await ask(home, ['token', 'operator'])).out.trim();
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const url = new URL('/api/voices?source=bench', server.base);
  const watch = watchTree(server.pid);
  const result = await drive((n) =>
    post(
      agent,
      url,
      { ...headers, 'idempotency-key': `k-${n}` },
      JSON.stringify({
        id: `v-${n}`,
        kind: 'complaint',
        channel: 'hotline',
        said_at: '2026-03-01T10:00:00+08:00',
        phone: `1390000${String(n % 10_000).padStart(4, '0')}`,
        text: `${TEXTS[n % TEXTS.length]}（${n}）`,
      }),
    ),
  );
  const use = watch.stop();
  agent.destroy();
  const { out } = await ask(home, ['fsck', '--json']);
  const checked = JSON.parse(out.trim()) as { ok: boolean; voices: number };
  if (!checked.ok || checked.voices !== result.sent) throw new Error(`${result.sent} were acknowledged, but: ${out}`);
  server.child.kill('SIGTERM');
  await server.gone;
  return { ...use, ...result };
}

function post(agent: Agent, url: URL, headers: Record<string, string>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 201 ? resolve() : reject(new Error(`answered ${answer.statusCode}`))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function measurePlain(dir: string): Promise<Measured> {
  const server = await startEmbedded({ dir, log: { info: () => undefined, warn: () => undefined } });
  const admin = await connect(server.url, { max: 1 });
  await admin.pool.query('create table plain (id text primary key, kind text, channel text, said_at timestamptz, body text)');
  // A client process of its own kind: the server's settings allow 60 connections, so eight of the 64 wait in the pool.
  const { pool, close } = await connect(server.url, { max: 56 });
  const watch = watchTree(server.pid);
  const result = await drive(async (n) => {
    await pool.query('insert into plain values ($1, $2, $3, $4, $5)', [
      `v-${n}`,
      'complaint',
      'hotline',
      '2026-03-01T10:00:00+08:00',
      `${TEXTS[n % TEXTS.length]}（${n}）`,
    ]);
  });
  const use = watch.stop();
  await close();
  await admin.close();
  await server.stop();
  return { ...use, ...result };
}
