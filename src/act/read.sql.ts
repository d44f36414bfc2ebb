/** The few questions that other steps may ask of act's tables. */
export { checkOrders } from './check-orders.sql.ts';
export { closedOrder, type ClosedOrder } from './closed-orders.sql.ts';
export {
  type OrderDetail,
  orderOf,
  type OrderFilter,
  type OrderPage,
  type OrderRow,
  ordersOf,
  ordersOfAlarms,
  waitingOrders,
} from './order-rows.sql.ts';
