import type { OrderState } from '../../model/work-order.ts';
import { ORDER_STATES } from '../../model/work-order.ts';
import type { Query } from '../api/client.ts';
import type { Me } from '../../model/account.ts';
import type { OrderCounts } from '../../model/order-views.ts';

export const TABS = [
  'home',
  'open',
  'waits',
  'waitsLate',
  'overdue',
  'today',
  'new',
  'working',
  'done',
  'returned',
  'handed',
  'mine',
  'closed',
  'all',
] as const;
export type Tab = (typeof TABS)[number];
export type ListTab = Exclude<Tab, 'home'>;

const OPEN: readonly OrderState[] = ['new', 'accepted', 'in-progress', 'returned'];

/** What each tab asks for. Open ones by their due time, since that is the order of the work. */
const ASKED: Readonly<Record<ListTab, Query>> = {
  open: { state: OPEN.join(','), sort: 'due' },
  waits: { waits: true, sort: 'due' },
  waitsLate: { waits: true, overdue: true, sort: 'due' },
  overdue: { overdue: true, sort: 'due' },
  today: { today: true, sort: 'due' },
  new: { state: 'new', sort: 'due' },
  working: { state: 'accepted,in-progress', sort: 'due' },
  done: { state: 'done', sort: 'due' },
  returned: { state: 'returned', sort: 'due' },
  handed: { handed: true, sort: 'due' },
  mine: { mine: true, state: OPEN.join(','), sort: 'due' },
  closed: { state: 'closed', sort: '-closed' },
  all: {},
};

/** Who works a department's orders begins at its home; others at what is open. What waits too long has a tab only for who comes from its number. */
export function tabsFor(me: Pick<Me, 'department' | 'verbs'>, asked: string | null = null): readonly Tab[] {
  const home = me.department !== null && me.verbs.includes('orders.work');
  return TABS.filter((tab) => (tab !== 'home' || home) && (tab !== 'waitsLate' || tab === asked));
}

export function tabIn(params: URLSearchParams, tabs: readonly Tab[]): Tab {
  const asked = tabs.find((tab) => tab === params.get('tab'));
  // Words, states or a department in the address mean a list, whoever opens it.
  const limited = ['q', 'state', 'department'].some((name) => params.has(name));
  return asked ?? (limited ? 'all' : (tabs[0] ?? 'open'));
}

/** A tab with the narrowing that its count was taken under; a department's home has its own. */
export function tabAddress(tab: Tab, narrowing: Readonly<Record<'department' | 'q', string | null>>): string {
  const params = new URLSearchParams({ tab });
  if (tab !== 'home') for (const [name, value] of Object.entries(narrowing)) if (value !== null) params.set(name, value);
  return `?${params.toString()}`;
}

const ADDRESS_STATES = (params: URLSearchParams): string =>
  (params.get('state') ?? '')
    .split(',')
    .filter((state) => ORDER_STATES.includes(state as OrderState))
    .join(',');

/** The tab's question, narrowed by what the form holds; states chosen there replace the tab's own. */
export function questionOf(tab: ListTab, params: URLSearchParams, sort: string | null): Query {
  const states = ADDRESS_STATES(params);
  return {
    ...ASKED[tab],
    ...(states === '' ? {} : { state: states }),
    department: params.get('department'),
    q: params.get('q'),
    ...(sort === null ? {} : { sort }),
  };
}

export const countOf = (counts: OrderCounts | undefined, tab: Tab): number | null =>
  counts === undefined || tab === 'home' || tab === 'all' || tab === 'closed' ? null : counts[tab];
