export { customerOfNumber, servedBy } from './desk-customers.sql.ts';
export { recordedToday } from './record-voice.sql.ts';
export { usagePerCustomer } from './usage-facts.client.ts';
