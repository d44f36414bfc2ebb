/** What other steps and the rim may use of analyse, plain. */
export { compile, compileWhere, type Compiled } from './compile.ts';
export { scopeConditions, binder } from './conditions.ts';
export { timeBound } from './local-time.ts';
export { KINDS, CHANNELS_NAMED, FEELINGS_NAMED, emptyName, type Coded } from './names.ts';
export { DEFAULT_LIMIT, MAX_LIMIT } from './plan.ts';
export { DIMENSIONS, MEASURES, dimensionOf, fieldOf, measureOf, type Dimension, type Measure } from './vocabulary.ts';
export { bucketEnd, voicesBehind } from '../model/voices-behind.ts';
export { WAREHOUSE_TABLES, VOICE_ROWS, SUBSCRIBER_ROWS } from './wide-tables.ts';
