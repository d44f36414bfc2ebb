import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SMALL_PACK, VIEWERS } from '../../test/kit/loop.ts';
import { ORDER_ACTIONS, ORDER_STATES } from '../model/work-order.ts';
import { departmentFor, departmentOfCategory, handlingUnit, type HandlingUnit } from './routing.ts';
import { allowedActions, foldTimeline, needsReason, type OrderPosition, stepOrder, type TimelineEvent } from './work-order-lifecycle.ts';

const order = (part: Partial<OrderPosition>): OrderPosition => ({
  state: 'new',
  department: 'network',
  unit: 'a-net',
  assignee: null,
  ...part,
});

describe('a work order', () => {
  it.each([
    ['new', 'networkA', ['accept', 'return', 'redispatch']],
    ['accepted', 'networkA', ['start', 'finish', 'return']],
    ['in-progress', 'networkA', ['finish', 'return']],
    ['done', 'networkA', ['close', 'reopen']],
    ['returned', 'networkA', ['redispatch', 'close']],
    ['closed', 'networkA', ['reopen']],
    ['new', 'agentA', ['accept', 'return']],
    ['done', 'agentA', []],
    ['new', 'analyst', ['redispatch']],
    ['done', 'analyst', ['reopen']],
    ['new', 'cityB', ['redispatch']],
  ] as const)('that is %s lets %s do %j', (state, who, actions) => {
    expect(allowedActions(VIEWERS[who], order({ state }))).toEqual(actions);
  });

  it('is refused what is not allowed, and never what is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ORDER_STATES),
        fc.constantFrom(...ORDER_ACTIONS),
        fc.constantFrom(...Object.values(VIEWERS)),
        (state, action, viewer) => {
          const step = stepOrder(viewer, order({ state }), action, '原因');
          expect(step.kind === 'step').toBe(allowedActions(viewer, order({ state })).includes(action));
        },
      ),
    );
  });

  it.each(['return', 'reopen'] as const)('wants a reason to %s', (action) => {
    const state = action === 'return' ? 'accepted' : 'done';
    expect(stepOrder(VIEWERS.networkA, order({ state }), action, '  ')).toEqual({ kind: 'refused', why: 'reason-required' });
    expect(needsReason('close', 'returned')).toBe(true);
  });

  it('is where its timeline leads, whatever was done to it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...ORDER_ACTIONS, 'comment' as const), fc.constantFrom(...Object.values(VIEWERS))), {
          maxLength: 30,
        }),
        (tries) => {
          let now = order({});
          const events: TimelineEvent[] = [{ seq: 1, member: null, action: 'create', from: null, to: 'new', department: 'network' }];
          for (const [action, viewer] of tries) {
            const seq = events.length + 1;
            if (action === 'comment') {
              events.push({ seq, member: viewer.member, action, from: null, to: null, department: null });
              continue;
            }
            const step = stepOrder(viewer, now, action, '原因');
            if (step.kind === 'refused') continue;
            const department = action === 'redispatch' ? 'billing' : null;
            events.push({ seq, member: viewer.member, action, from: now.state, to: step.to, department });
            const assignee = action === 'accept' ? viewer.member : action === 'redispatch' ? null : now.assignee;
            now = { ...now, state: step.to, assignee, department: department ?? now.department };
          }
          expect(foldTimeline(events)).toEqual({ state: now.state, department: now.department, assignee: now.assignee });
        },
      ),
    );
  });

  it.each<[string, TimelineEvent[]]>([
    ['does not begin with its creation', []],
    ['lacks line 2', [event(1, 'create', null, 'new'), event(3, 'accept', 'new', 'accepted')]],
    ['has an illegal step in line 2: new –finish→ done', [event(1, 'create', null, 'new'), event(2, 'finish', 'new', 'done')]],
    ['is created twice, line 2', [event(1, 'create', null, 'new'), event(2, 'create', null, 'new')]],
  ])('is found out when its timeline %s', (words, events) => {
    expect(foldTimeline(events)).toBe(words);
  });
});

function event(seq: number, action: TimelineEvent['action'], from: TimelineEvent['from'], to: TimelineEvent['to']): TimelineEvent {
  return { seq, member: null, action, from, to, department: 'network' };
}

describe('routing', () => {
  const unit = (id: string, department: string | null, city: string | null, level = 'department'): HandlingUnit => ({
    id,
    path: `/${id}/`,
    department,
    city,
    level,
  });
  const units = [
    unit('p', null, null, 'province'),
    unit('p-net', 'network', null),
    unit('a-net', 'network', 'a'),
    unit('p-bill', 'billing', null),
  ];

  it.each([
    ['network', 'a', 'a-net'],
    ['network', 'b', 'p-net'],
    ['network', null, 'p-net'],
    ['billing', 'a', 'p-bill'],
    ['service', 'a', 'p'],
  ])('sends an order of %s in city %s to %s', (department, city, expected) => {
    expect(handlingUnit(units, department, city)?.id).toBe(expected);
  });

  it('follows the knowledge map where most voices name one cause', () => {
    expect(departmentOfCategory(SMALL_PACK, 'billing/charge/wrong')).toBe('billing');
    expect(departmentOfCategory(SMALL_PACK, 'fixed')).toBeNull();
    expect(departmentFor(SMALL_PACK, { category: 'billing/charge/wrong', share: 0.5 }, 'network')).toBe('billing');
    expect(departmentFor(SMALL_PACK, { category: 'billing/charge/wrong', share: 0.49 }, 'network')).toBe('network');
    expect(departmentFor(SMALL_PACK, null, 'network')).toBe('network');
  });
});
