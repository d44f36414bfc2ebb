import { parentPort, workerData } from 'node:worker_threads';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { actionEffects } from './action-rows.ts';
import { boostedLearner } from './boosted-learner.ts';
import { logisticLearner } from './logistic-learner.ts';
import type { FromMoments, MomentsAnswer, MomentsTask } from './train-moments-messages.ts';
import { trainMoments } from './train-moments.ts';

yieldToOthers();
const { log, seed, champion, actions } = workerData as MomentsTask;
const say = (message: FromMoments): void => parentPort?.postMessage(message);
const learners = [logisticLearner, boostedLearner(seed)];
const PARTS = 3;
const step =
  (nth: number) =>
  (done: number): void =>
    say({ kind: 'step', done: nth * PARTS + done, of: 2 * PARTS });

function trained(): MomentsAnswer | null {
  const month = trainMoments(log, { days: 30, of: 'same' }, learners, seed, { step: step(0), champion });
  if (month === null) return null;
  const week = trainMoments(log, { days: 7, of: 'same' }, learners, seed, { step: step(1) });
  return week === null ? null : { week, month, against: month.against, helps: actionEffects(log, actions) };
}

say({ kind: 'done', answer: trained() });
