/** Door 2: the few questions that later steps and the rim may ask of predict. */
export { runPairs, type PairsHooks, type PairsQuestion } from './pairs/run-pairs.client.ts';
export { levelsOf } from './levels/levels.sql.ts';
export { probabilitiesOf } from './models/scores.sql.ts';
export { modelWatch } from './models/model-watch.sql.ts';
export { foretoldBy, likely, type Likely } from './likely.sql.ts';
export { judgedSegments, segmentNow, segmentsNow } from './segments/segment-now.sql.ts';
export { oddsOfVoice } from './odds-of-voice.sql.ts';
