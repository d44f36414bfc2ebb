/** What other steps may use of verify without a database. */
export { type CompareAsk, listOf, listOrAll, metricsOf, sharesOf } from './compare/compare-ask.ts';
export { compareTable } from './compare/compare-table.ts';
export { IDENTIFIER } from './compare/lay-out.ts';
export { columnOf, numbersOf, type TrialTable } from './compare/trial-table.ts';
export { upliftOf } from './compare/uplift-of.ts';
export { HORIZON_DAYS, type Measured, outcomeOf, outcomeWords } from './outcome.ts';
