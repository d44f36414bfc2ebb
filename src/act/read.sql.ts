/** The few questions that other steps may ask of act's tables. */
export { isSeenBy as orderIsSeenBy, type OrderFilter } from './order-filter.sql.ts';
export { checkOrders } from './check-orders.sql.ts';
export { ordersOfVoice } from './orders-of-voice.sql.ts';
export { closedOrder, type ClosedOrder } from './closed-orders.sql.ts';
export { type OrderOver, ordersOver } from './orders-over-batch.sql.ts';
export { orderCounts, orderOf, ordersOf, ordersOfAlarms, waitingOrders } from './order-rows.sql.ts';
export { handlingNow } from './handling/lines.sql.ts';
export { takeMeasured } from './peaks/settings.sql.ts';
