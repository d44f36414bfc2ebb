import { may } from '../model/may.ts';
import type { MemberId } from '../model/ids.ts';
import type { Viewer } from '../model/people.ts';
import { ORDER_ACTIONS, type OrderAction, type OrderState } from '../model/work-order.ts';

/**
 * The life of a work order.
 *
 * | from                        | action     | to          | who                                              | needs      |
 * |-----------------------------|------------|-------------|--------------------------------------------------|------------|
 * | –                           | create     | new         | orders.create                                    |            |
 * | new                         | accept     | accepted    | the handling department (orders.work)            |            |
 * | accepted                    | start      | in-progress | the handling department (orders.work)            |            |
 * | accepted, in-progress       | finish     | done        | the handling department (orders.work)            |            |
 * | new, accepted, in-progress  | return     | returned    | the handling department (orders.work)            | reason     |
 * | new, returned               | redispatch | new         | orders.create                                    | department |
 * | done, returned              | close      | closed      | orders.close: its department, or province-wide   | reason when returned |
 * | done, closed                | reopen     | in-progress | orders.close or orders.create                    | reason     |
 *
 * Accepting makes the member its assignee; redispatching clears that. A new due time is set by create, redispatch and
 * reopen. The timeline is append-only and the order's state is what folding it gives.
 */
export interface OrderPosition {
  readonly state: OrderState;
  readonly department: string;
  readonly unit: string;
  readonly assignee: MemberId | null;
}

type Who = 'handler' | 'dispatcher' | 'closer' | 'reopener';

interface Transition {
  readonly from: readonly OrderState[];
  readonly to: OrderState;
  readonly who: Who;
}

const TRANSITIONS: Readonly<Record<OrderAction, Transition>> = {
  accept: { from: ['new'], to: 'accepted', who: 'handler' },
  start: { from: ['accepted'], to: 'in-progress', who: 'handler' },
  finish: { from: ['accepted', 'in-progress'], to: 'done', who: 'handler' },
  return: { from: ['new', 'accepted', 'in-progress'], to: 'returned', who: 'handler' },
  redispatch: { from: ['new', 'returned'], to: 'new', who: 'dispatcher' },
  close: { from: ['done', 'returned'], to: 'closed', who: 'closer' },
  reopen: { from: ['done', 'closed'], to: 'in-progress', who: 'reopener' },
};

type Person = Pick<Viewer, 'roles' | 'scope' | 'department' | 'unit' | 'member'>;

function isOne(who: Who, viewer: Person, order: OrderPosition): boolean {
  const ofDepartment = viewer.department === order.department || viewer.unit === order.unit || viewer.member === order.assignee;
  switch (who) {
    case 'handler':
      return may(viewer, 'orders.work') && ofDepartment;
    case 'dispatcher':
      return may(viewer, 'orders.create');
    case 'closer':
      return may(viewer, 'orders.close') && (ofDepartment || viewer.scope === 'province');
    case 'reopener':
      return may(viewer, 'orders.close') || may(viewer, 'orders.create');
  }
}

/** What this member can do with this order now: exactly the buttons to show. */
export function allowedActions(viewer: Person, order: OrderPosition): readonly OrderAction[] {
  return ORDER_ACTIONS.filter((action) => TRANSITIONS[action].from.includes(order.state) && isOne(TRANSITIONS[action].who, viewer, order));
}

export type Step =
  | { readonly kind: 'step'; readonly to: OrderState }
  | { readonly kind: 'refused'; readonly why: 'transition-illegal' | 'not-allowed' | 'reason-required' };

/** What an action leads to, or why not. */
export function stepOrder(viewer: Person, order: OrderPosition, action: OrderAction, note: string | null): Step {
  const transition = TRANSITIONS[action];
  if (!transition.from.includes(order.state)) return { kind: 'refused', why: 'transition-illegal' };
  if (!isOne(transition.who, viewer, order)) return { kind: 'refused', why: 'not-allowed' };
  if (needsReason(action, order.state) && (note ?? '').trim() === '') return { kind: 'refused', why: 'reason-required' };
  return { kind: 'step', to: transition.to };
}

export function needsReason(action: OrderAction, from: OrderState): boolean {
  return action === 'return' || action === 'reopen' || (action === 'close' && from === 'returned');
}

/** One line of the timeline, as far as the order's position follows from it. */
export interface TimelineEvent {
  readonly seq: number;
  readonly member: MemberId | null;
  readonly action: OrderAction | 'create' | 'comment';
  readonly from: OrderState | null;
  readonly to: OrderState | null;
  readonly department: string | null;
}

export interface Folded {
  readonly state: OrderState;
  readonly department: string;
  readonly assignee: MemberId | null;
}

/** The position that a timeline leads to; a text says what is wrong with one that no order can have. */
export function foldTimeline(events: readonly TimelineEvent[]): Folded | string {
  const [first, ...rest] = events;
  if (first === undefined || first.action !== 'create' || first.department === null) return 'does not begin with its creation';
  let folded: Folded = { state: 'new', department: first.department, assignee: null };
  let seq = first.seq;
  for (const event of rest) {
    if (event.seq !== ++seq) return `lacks line ${seq}`;
    if (event.action === 'comment') continue;
    if (event.action === 'create') return `is created twice, line ${event.seq}`;
    const transition = TRANSITIONS[event.action];
    const legal = event.from === folded.state && transition.from.includes(folded.state) && event.to === transition.to;
    if (!legal) return `has an illegal step in line ${event.seq}: ${folded.state} –${event.action}→ ${event.to ?? 'nothing'}`;
    folded = {
      state: transition.to,
      department: event.action === 'redispatch' ? (event.department ?? folded.department) : folded.department,
      assignee: event.action === 'accept' ? event.member : event.action === 'redispatch' ? null : folded.assignee,
    };
  }
  return folded;
}
