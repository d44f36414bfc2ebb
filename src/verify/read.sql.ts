/** The few questions that other steps may ask of verify's tables. */
export { outcomesOver } from './outcomes-over-batch.sql.ts';
export { outcomeOfOrder } from './outcomes.sql.ts';
export { measuredEffects } from './experiments/effects.sql.ts';
