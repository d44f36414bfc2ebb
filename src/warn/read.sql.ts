/** The few questions that other steps may ask of warn's tables, and of voices in the words of a rule. */
export { type AlarmFilter, type AlarmLine, alarmOf, alarmsJson, alarmsOf, burningAlarms } from './alarms.sql.ts';
export { checkAlarms, type CheckProblem } from './check-alarms.sql.ts';
export { entityNames } from './entity-names.sql.ts';
export { seedRules } from './rules.sql.ts';
export { type AcknowledgedAlarm, acknowledgedOver, whichMeetBatch } from './voices-of-batch.sql.ts';
export { countVoices, leadingCategory, VOICES_READ, whereSql } from './voice-where.sql.ts';
