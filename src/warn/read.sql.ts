/** The few questions that other steps may ask of warn's tables, and of voices in the words of a rule. */
export {
  type AlarmFilter,
  type AlarmLine,
  alarmOf,
  type AlarmPage,
  type AlarmRow,
  alarmsJson,
  alarmsOf,
  burningAlarms,
} from './alarms.sql.ts';
export { checkAlarms, type CheckProblem } from './check-alarms.sql.ts';
export { type Entity, entityNames } from './entity-names.sql.ts';
export { seedRules } from './rules.sql.ts';
export { countVoices, leadingCategory, VOICES_READ, whereSql } from './voice-where.sql.ts';
