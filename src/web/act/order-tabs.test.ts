import { describe, expect, it } from 'vitest';
import { questionOf, tabAddress, tabIn, tabsFor } from './order-tabs.ts';

const NETWORK = { department: 'network', verbs: ['orders.work'] } as const;
const NOBODYS = { department: null, verbs: ['orders.work'] } as const;
const params = (text: string) => new URLSearchParams(text);

describe('tabs of work orders', () => {
  it('begin at the department’s home for its members, at what is open for others, and at a list when the address limits it', () => {
    expect(tabIn(params(''), tabsFor(NETWORK))).toBe('home');
    expect(tabIn(params(''), tabsFor(NOBODYS))).toBe('open');
    expect(tabIn(params('tab=home'), tabsFor(NOBODYS))).toBe('open');
    expect(tabIn(params(''), tabsFor({ department: 'quality', verbs: ['orders.read'] }))).toBe('open');
    expect(tabIn(params('q=断网'), tabsFor(NETWORK))).toBe('all');
    expect(tabIn(params('tab=nonsense'), tabsFor(NETWORK))).toBe('home');
    expect([tabIn(params('tab=waitsLate'), tabsFor(NETWORK, 'waitsLate')), tabsFor(NETWORK).includes('waitsLate')]).toEqual([
      'waitsLate',
      false,
    ]);
  });

  it('ask for their states by due time, unless the form or a header says otherwise', () => {
    expect(questionOf('new', params(''), null)).toEqual({ state: 'new', sort: 'due', department: null, q: null });
    expect(questionOf('all', params('state=new,closed,nonsense&q=断网'), '-due')).toEqual({
      state: 'new,closed',
      department: null,
      q: '断网',
      sort: '-due',
    });
  });
});

it.each([
  ['open', { department: null, q: null }, '?tab=open'],
  ['new', { department: 'net', q: '断网' }, `?tab=new&department=net&q=${encodeURIComponent('断网')}`],
  ['home', { department: 'net', q: '断网' }, '?tab=home'],
] as const)('the tab %s narrowed by %o leads to %s', (tab, narrowing, address) => {
  expect(tabAddress(tab, narrowing)).toBe(address);
});
