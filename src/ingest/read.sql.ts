export { customerOfNumber, servedBy } from './desk-customers.sql.ts';
export { addActions } from './handling-actions.sql.ts';
export { recordedToday } from './record-voice.sql.ts';
export { categoryThatCounts, recordedLeaf } from './recorded-leaf.sql.ts';
export { usagePerCustomer } from './usage-facts.client.ts';
