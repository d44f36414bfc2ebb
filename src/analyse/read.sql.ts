/** Door 2: what later steps and the rim may ask of analyse. */
export { ask, askNumbers, warehouseAsOf, type AskContext } from './ask.client.ts';
export { settled, type Settled } from './changed.sql.ts';
export { searchVoices, type VoicePage, type VoiceRow } from './search-voices.client.ts';
export { vocabularyFor, type Vocabulary } from './vocabulary.sql.ts';
export { warehouseParity, type Parity, type ParityDifference } from './parity.client.ts';
