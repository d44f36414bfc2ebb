import type { Entity, NamedEntity, Severity } from './alarm.ts';
import type { Filter, Names } from './question.ts';
import type { OrderAction, OrderState, Outcome } from './work-order.ts';

/** A work order as it is listed. */
export interface OrderRow {
  readonly id: string;
  readonly title: string;
  readonly state: OrderState;
  readonly severity: Severity;
  readonly department: string;
  readonly unit: { readonly id: string; readonly names: Names };
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly entity: NamedEntity | null;
  readonly category: string | null;
  readonly created_at: string;
  readonly due_at: string;
  readonly closed_at: string | null;
  readonly overdue: boolean;
  /** Working minutes until it is due, negative when overdue; null once the work is done. */
  readonly minutes_left: number | null;
  readonly alarm: string | null;
  readonly version: number;
}

/** An analyst's finding that becomes an order. */
export interface OrderDraft {
  readonly title: string;
  readonly where: readonly Filter[];
  readonly category: string | null;
  readonly entity: Entity | null;
  readonly severity: Severity;
  readonly department: string | null;
  readonly note: string | null;
}

/** How many orders stand behind each tab of the list. */
export interface OrderCounts {
  readonly open: number;
  readonly overdue: number;
  readonly today: number;
  readonly handed: number;
  readonly mine: number;
  /** The viewer's turn: as assignee, as one of those who have what nobody took, to send on what came back, to close what is done. */
  readonly waits: number;
  readonly waitsLate: number;
  readonly new: number;
  readonly working: number;
  readonly done: number;
  readonly returned: number;
  readonly closed: number;
  readonly all: number;
}

/** One entry of the timeline. */
export interface OrderEvent {
  readonly seq: number;
  readonly at: string;
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly action: OrderAction | 'create' | 'comment';
  readonly from: OrderState | null;
  readonly to: OrderState | null;
  readonly department: string | null;
  readonly note: string | null;
}

/** One order, its timeline, and the actions that the viewer may take. */
export interface OrderDetail extends OrderRow {
  readonly where: readonly Filter[];
  readonly actions: readonly OrderAction[];
  readonly events: readonly OrderEvent[];
}

/** What came of an order, with the sentence that says it; null while nothing was measured. */
export interface WithOutcome {
  readonly outcome: Outcome | null;
  readonly outcome_words: Names | null;
}

/** The filters that open the voices counted before and after the work. */
export interface OutcomeWhere {
  readonly before: readonly Filter[];
  readonly after: readonly Filter[];
}

/** The page of one order: it ends with what came of it. */
export interface OrderWithOutcome extends OrderDetail, WithOutcome {
  readonly outcome_where: OutcomeWhere | null;
}

/** A closed order beside what came of it. */
export interface ClosedOrder extends WithOutcome {
  readonly order: OrderRow;
}

/** An order as a voice names it. */
export type OrderOfVoice = Pick<OrderRow, 'id' | 'title' | 'state'>;
