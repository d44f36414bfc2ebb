/** What other steps may use of act without a database. */
export { addWorkingMinutes, workingMinutesBetween } from './working-time.ts';
export { departmentOfCategory } from './routing.ts';
export { allowedActions, needsReason } from './work-order-lifecycle.ts';
