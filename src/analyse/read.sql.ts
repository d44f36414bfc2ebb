/** Door 2: what later steps and the rim may ask of analyse. */
export { ask, askNumbers, warehouseAsOf, type AskContext } from './ask.client.ts';
export { labelsOf } from './labels.sql.ts';
export { settled, type Settled } from './changed.sql.ts';
export { searchVoices } from './search-voices.client.ts';
export { refuseUnknownValues } from './unknown-values.sql.ts';
export { vocabularyFor } from './vocabulary.sql.ts';
export { warehouseParity, type Parity, type ParityDifference } from './parity.client.ts';
