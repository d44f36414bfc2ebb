import { statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Disk, ProcessState } from '../../model/system-state.ts';
import type { Config } from '../../platform/config.ts';
import { diskState } from './stalls.ts';

export async function diskOf(config: Pick<Config, 'home'>): Promise<Disk> {
  const { bavail, blocks, bsize } = await statfs(config.home);
  const [free, total] = [bavail * bsize, blocks * bsize];
  return { free_bytes: free, total_bytes: total, state: diskState(free, total) };
}

const delay = monitorEventLoopDelay({ resolution: 20 });
delay.enable();
const ms = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? Math.max(0, Math.round(nanoseconds / 1e5) / 10 - 20) : 0);
const pauses = () => ({ p50_ms: ms(delay.percentile(50)), p99_ms: ms(delay.percentile(99)), max_ms: ms(delay.max) });

/** What the half minute before said: one number for ever would tell of the start for days. */
let before = { p50_ms: 0, p99_ms: 0, max_ms: 0 };
setInterval(() => {
  before = pauses();
  delay.reset();
}, 30_000).unref();

/** The process and its machine; pauses of the event loop are those of the last half to whole minute. */
export function processState(): ProcessState {
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  const now = pauses();
  const loop = {
    p50_ms: Math.max(now.p50_ms, before.p50_ms),
    p99_ms: Math.max(now.p99_ms, before.p99_ms),
    max_ms: Math.max(now.max_ms, before.max_ms),
  };
  return {
    pid: process.pid,
    node: process.version,
    uptime_seconds: Math.round(process.uptime()),
    memory: { rss_bytes: rss, heap_bytes: heapUsed, heap_total_bytes: heapTotal, machine_free_bytes: freemem(), machine_bytes: totalmem() },
    loop,
  };
}
