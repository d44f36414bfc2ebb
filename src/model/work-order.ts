import type { AlarmId, Instant, MemberId, WorkOrderId } from './ids.ts';
import type { Filter } from './question.ts';
import type { Entity, Severity } from './alarm.ts';

export const ORDER_STATES = ['new', 'accepted', 'in-progress', 'done', 'returned', 'closed'] as const;
/** new 待受理 | accepted 已受理 | in-progress 处理中 | done 已完成 | returned 已退回 | closed 已关闭 */
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_ACTIONS = ['accept', 'start', 'finish', 'return', 'redispatch', 'close', 'reopen'] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

export interface WorkOrder {
  readonly id: WorkOrderId;
  readonly title: string;
  readonly state: OrderState;
  readonly severity: Severity;
  readonly alarm: AlarmId | null;
  /** The voices it is about. */
  readonly where: readonly Filter[];
  readonly entity: Entity | null;
  readonly category: string | null;
  readonly department: string;
  readonly assignee: MemberId | null;
  readonly dueAt: Instant;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  readonly version: number;
}

/** Did it help: voices of the same cause and entity before and after. */
export interface Outcome {
  readonly verdict: 'fell' | 'no-visible-change' | 'rose' | 'too-early';
  readonly before: { readonly voices: number; readonly days: number };
  readonly after: { readonly voices: number; readonly days: number };
  /** Rate after ÷ rate before with its 95 % interval; null without a base. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly measuredAt: Instant;
  readonly final: boolean;
}
