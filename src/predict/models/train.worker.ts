import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';
import { boostedLearner } from './boosted-learner.ts';
import { logisticLearner } from './logistic-learner.ts';
import type { FromTrainer, TrainTask } from './train-messages.ts';
import { trainOnTable } from './train-table.ts';

yieldToOthers();
const { sheet, times, options } = given as TrainTask;
const say = (message: FromTrainer): void => asker.postMessage(message);
const learners = [logisticLearner, boostedLearner(options.seed)];
say({ kind: 'done', trained: trainOnTable(sheet, times, options, learners, (done, of) => say({ kind: 'step', done, of })) });
