/** The few questions that other steps may ask of verify's tables. */
export { outcomeOfOrder } from './outcomes.sql.ts';
