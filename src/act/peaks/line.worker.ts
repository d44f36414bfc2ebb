import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker } from '../../platform/threads/inside.client.ts';
import { solvedLine, type ToLine } from './line-messages.ts';
import type { Told } from './rate.ts';

yieldToOthers();
let told: Told[] = [];

asker.on('message', (message: ToLine) => {
  if (message.kind === 'told') {
    for (const row of message.rows) told.push(row);
    return;
  }
  const solved = solvedLine(told, message.ask);
  told = [];
  asker.postMessage(solved);
});
