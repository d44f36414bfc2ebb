import { parentPort } from 'node:worker_threads';
import { openArena } from '../../maths/gbdt/arena.ts';
import { boostRounds } from '../../maths/gbdt/boost-rounds.ts';
import { comeToCrew, crewOver, failCrew } from '../../maths/gbdt/crew.ts';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import type { HelperTask } from './boost-crew.client.ts';

yieldToOthers();
parentPort?.once('message', ({ plan, memory, isCategory, options, me }: HelperTask) => {
  const arena = openArena(plan, memory);
  if (!comeToCrew(arena.signals, plan.threads)) return;
  try {
    boostRounds(arena, crewOver(arena.signals, plan.threads, me), isCategory, options, () => true);
  } catch (error) {
    failCrew(arena.signals);
    throw error;
  }
});
