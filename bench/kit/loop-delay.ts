import { openSync, readSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { holdTo, type LoopFigures, mostOf, type Hold, type Reading } from './loop-holds.ts';

// Preloaded into the measured process (NODE_OPTIONS=--import): how long its event loop was held up and by what, written when asked.
const file = process.env['BENCH_LOOP_FILE'];
const EVERY_MS = 5;
if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
  delay.enable();
  const waitedMs = waitForProcessor();
  const now = (): Reading => {
    const { user, system } = process.threadCpuUsage();
    return { at: performance.now(), cpu: (user + system) / 1000, waited: waitedMs() };
  };
  let last = now();
  let holds: Hold[] = [];
  let pauses: number[] = [];
  setInterval(() => {
    const next = now();
    holds.push(holdTo(last, next));
    last = next;
  }, EVERY_MS).unref();
  new PerformanceObserver((list) => pauses.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['gc'] });
  const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e4) / 100;
  const write = (): void => {
    const [p50, p99, p999] = [50, 99, 99.9].map((share) => ms(delay.percentile(share))) as [number, number, number];
    const figures: LoopFigures = { p50, p99, p999, ...mostOf(holds), pause: Math.max(0, ...pauses) };
    writeFileSync(file, JSON.stringify(figures));
  };
  // SIGUSR2 once: begin anew, so that what was before is not counted; again: write, so that what follows is not; and so on.
  let isWatching = false;
  process.on('SIGUSR2', () => {
    if (isWatching) write();
    else {
      delay.reset();
      [holds, pauses] = [[], []];
    }
    isWatching = !isWatching;
  });
}

/** Milliseconds that the main thread was ready to run while others had the processors, since it began. Linux only; elsewhere it is always 0. */
function waitForProcessor(): () => number {
  if (process.platform !== 'linux') return () => 0;
  const stat = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  const buffer = Buffer.alloc(64);
  return () => Number(buffer.toString('latin1', 0, readSync(stat, buffer, 0, buffer.length, 0)).split(' ')[1]) / 1e6;
}
