import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';
import { leafNames } from '../../model/leaf-names.ts';
import { type ActionRow, actionEffects } from './action-rows.ts';
import { boostedLearner } from './boosted-learner.ts';
import { logisticLearner } from './logistic-learner.ts';
import { MomentBuilder } from './moment-builder.ts';
import type { FromMoments, MomentsAnswer, MomentsStart, ToMoments } from './train-moments-messages.ts';
import { trainMoments } from './train-moments.ts';

yieldToOthers();
const { pack, span, seed, champion } = given as MomentsStart;
const builder = new MomentBuilder(leafNames(pack), pack);
const actions: ActionRow[] = [];
const say = (message: FromMoments): void => asker.postMessage(message);
const learners = [logisticLearner, boostedLearner(seed)];
const PARTS = 3;
/** Both models, and what was done about grievances. */
const ALL = 2 * PARTS + 1;
const step =
  (nth: number) =>
  (done: number): void =>
    say({ kind: 'step', done: nth * PARTS + done, of: ALL });

function trained(): MomentsAnswer | null {
  const log = builder.finish(span.begin, span.end);
  const month = trainMoments(log, { days: 30, of: 'same' }, learners, seed, { step: step(0), champion });
  if (month === null) return null;
  const week = trainMoments(log, { days: 7, of: 'same' }, learners, seed, { step: step(1) });
  if (week === null) return null;
  const helps = actionEffects(log, actions);
  say({ kind: 'step', done: ALL, of: ALL });
  return { voices: log.minutes.length, week, month, against: month.against, helps };
}

asker.on('message', (message: ToMoments) => {
  switch (message.kind) {
    case 'voices':
      for (const row of message.rows) builder.add(row);
      return;
    case 'actions':
      actions.push(...message.rows);
      return;
    case 'train':
      say({ kind: 'done', answer: trained() });
  }
});
