import { ruleSegmentOf } from '../../model/segment.ts';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';
import { closeLooks } from './close-looks.ts';
import { customerRow, eventRow } from './copy-rows.ts';
import { ESTIMATE } from './estimate-pairs.ts';
import { orderLog } from './event-log.ts';
import { leafNames } from '../../model/leaf-names.ts';
import { LogBuilder } from './log-builder.ts';
import type { FromPairs, PairsStart, ToPairs } from './pairs-messages.ts';
import { countPairs } from './pairs-of.ts';
import { pairResult } from './result.ts';
import { earlierStrengths } from './earlier-strengths.ts';
import { strengthsOf } from './strengths.ts';

yieldToOthers();
const start = given as PairsStart;
const { segments } = start;
const builder = new LogBuilder({
  leafOf: leafNames(start.pack),
  segmentOf: (customer) => (start.scheme === 'rules' ? ruleSegmentOf(start.pack.segments, customer) : customer.segment),
  segments,
  span: start.span,
});
const decoder = new TextDecoder();
const say = (message: FromPairs): void => asker.postMessage(message);

function linesOf(bytes: Uint8Array): readonly string[] {
  const lines = decoder.decode(bytes).split('\n');
  lines.pop();
  return lines;
}

function run(): void {
  const named = builder.build();
  const ordered = orderLog(named.log);
  say({ kind: 'progress', share: 0.1 });
  const counted = countPairs(ordered, {
    windowDays: start.windowDays,
    onProgress: (share) => say({ kind: 'progress', share: 0.1 + 0.5 * share }),
  });
  const result = pairResult(named, ordered, counted, segments, { ...ESTIMATE, minExpected: start.minExpected });
  say({ kind: 'progress', share: 0.65 });
  const profiles = start.closely ? closeLooks(named, ordered, counted, result, segments) : [];
  say({ kind: 'progress', share: 0.9 });
  const strengths = start.closely ? { all: strengthsOf(result.pairs), earlier: earlierStrengths(named, counted) } : null;
  say({ kind: 'progress', share: 0.98 });
  const summary = strengths === null ? result.summary : { ...result.summary, strengths };
  say({ kind: 'done', result: { ...result, summary }, profiles });
}

asker.on('message', (message: ToPairs) => {
  switch (message.kind) {
    case 'events':
      for (const line of linesOf(message.bytes)) builder.add(eventRow(line));
      return;
    case 'customers':
      for (const line of linesOf(message.bytes)) builder.describe(customerRow(line));
      return;
    case 'run':
      run();
  }
});
