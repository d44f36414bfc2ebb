/** Door 1: what other steps may use of predict without a database. */
export { pairAnswers, type PairAnswer } from './pairs/answer-rows.ts';
