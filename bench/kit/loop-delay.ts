import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

// Preloaded into the measured process (NODE_OPTIONS=--import): how long its event loop was held up, written when asked.
const file = process.env['BENCH_LOOP_FILE'];
if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e4) / 100;
  const write = (): void =>
    writeFileSync(
      file,
      JSON.stringify({
        p50: ms(delay.percentile(50)),
        p99: ms(delay.percentile(99)),
        p999: ms(delay.percentile(99.9)),
        max: ms(delay.max),
      }),
    );
  // SIGUSR2 once: begin anew, so that what was before is not counted; again: write, so that what follows is not; and so on.
  let isWatching = false;
  process.on('SIGUSR2', () => {
    if (isWatching) write();
    else delay.reset();
    isWatching = !isWatching;
  });
}
