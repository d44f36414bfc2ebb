/** What other steps and the rim may use of analyse, plain. */
export { compile, compileWhere, type Compiled } from './compile.ts';
export { scopeConditions, subscriberScope, printConditions, binder } from './conditions.ts';
export { timeBound, timestampText } from './local-time.ts';
export { KINDS, CHANNELS_NAMED, FEELINGS_NAMED, emptyName } from './names.ts';
export { DEFAULT_LIMIT, MAX_LIMIT } from './plan.ts';
export { MEASURES, measureOf } from './measures.ts';
export { DIMENSIONS, dimensionOf, fieldOf, type Dimension } from './vocabulary.ts';
export { bucketEnd, voicesBefore, voicesBehind } from '../model/voices-behind.ts';
export { WAREHOUSE_TABLES, VOICE_ROWS, SUBSCRIBER_ROWS } from './wide-tables.ts';
