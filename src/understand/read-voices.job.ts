import { failpoint } from '../platform/failpoint.client.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { inTransaction } from '../platform/postgres/db.ts';
import { saveReadings, unreadVoices } from './read-voices.sql.ts';

export const READ_QUEUE = 'understand.read';

export interface ReadPayload {
  readonly from: number;
  readonly to: number;
}

const CHUNK = 400;

/** Reads the voices between two ids that this reader has not read yet; what is committed stays when it is cut off. */
export const readVoicesJob: JobDefinition<ReadPayload> = {
  queue: READ_QUEUE,
  fold: foldSpans,
  async run(ctx, payload, signal) {
    // What is committed behind this place meanwhile has a job of its own, so no chunk looks again at what lies behind it.
    let { from } = payload;
    for (;;) {
      signal.throwIfAborted();
      const voices = await unreadVoices(ctx.db, ctx.reader.version, from, payload.to, CHUNK);
      if (voices.length === 0) break;
      const readings = await ctx.reader.read(voices.map((voice) => voice.text));
      await inTransaction(ctx.db, (tx) =>
        saveReadings(
          tx,
          ctx.reader.version,
          ctx.clock.now(),
          voices.flatMap(({ id }, i) => {
            const reading = readings[i];
            return reading === undefined ? [] : [{ id, reading }];
          }),
        ),
      );
      failpoint('read.chunk');
      if (voices.length < CHUNK) break;
      from = (voices.at(-1)?.id ?? payload.to) + 1;
    }
    ctx.jobs.nudge('warehouse.follow');
    ctx.jobs.nudge('warn.evaluate');
    ctx.jobs.nudge('predict.score');
  },
};

/** Ids rise with time, some four million a second: spans less than a minute apart are one. */
const NEAR = 60 * 4_096_000;

export function foldSpans(spans: readonly ReadPayload[]): readonly ReadPayload[] {
  const folded: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = folded.at(-1);
    if (last !== undefined && from - last.to <= NEAR) last.to = Math.max(last.to, to);
    else folded.push({ from, to });
  }
  return folded;
}
