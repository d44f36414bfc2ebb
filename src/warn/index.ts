/** What other steps may use of warn without a database. */
export { type Breach, type BreachLimits, breachesOf } from './breaches.ts';
export { type Cursor, cursorOf, cursorText } from './cursor.ts';
export { filterProblems } from './filter-problems.ts';
export { isTimeField, ruleFieldOf, voiceFieldOf, type VoiceField } from './voice-fields.ts';
export { durationEn, durationZh } from './announcement-text.ts';
