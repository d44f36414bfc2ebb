/** What other steps may use of verify without a database. */
export { HORIZON_DAYS, type Measured, outcomeOf, outcomeWords } from './outcome.ts';
