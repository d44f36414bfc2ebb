import { describe, expect, it } from 'vitest';
import type { Filter } from '../../model/question.ts';
import { daysIn, filtersOf, restOf, valuesIn } from './voice-query.ts';

const day = { field: 'said_at', from: '2026-03-01', before: '2026-03-08' };
const causes = { field: 'category', in: ['fixed/broadband/outage', null] };
const plan = { field: 'plan', in: ['A'] };

describe('the form of voices', () => {
  it('shows filters in their fields and gives the same filters back', () => {
    const filters: readonly Filter[] = [
      day,
      { text: '断网 红灯' },
      causes,
      { field: 'city', in: ['A'] },
      plan,
      { field: 'score', from: '1' },
    ];
    const values = valuesIn('custom', filters);
    expect(values['period']).toEqual(['custom', '2026-03-01', '2026-03-07']);
    expect(values['text']).toEqual(['断网 红灯']);
    expect(restOf('custom', filters)).toEqual([plan, { field: 'score', from: '1' }]);
    expect(filtersOf(values, restOf('custom', filters))).toEqual(filters);
  });

  it('keeps a second filter of the same field as a chip: both limit', () => {
    const filters: readonly Filter[] = [causes, { field: 'category', in: ['fixed/broadband/slow'] }];
    expect(filtersOf(valuesIn('all', filters), restOf('all', filters))).toEqual(filters);
  });

  it('leaves an hour an hour, and a named period beside days alone', () => {
    const hour = { field: 'said_at', from: '2026-03-01T08:00', before: '2026-03-01T09:00' };
    expect([valuesIn('all', [hour])['period'], restOf('all', [hour])]).toEqual([['all'], [hour]]);
    expect([valuesIn('7d', [day])['period'], restOf('7d', [day])]).toEqual([['7d'], [day]]);
  });

  it('opens custom days with those of the period before', () => {
    expect(daysIn('7d', new Date('2026-03-01T02:00:00.000Z'))).toEqual(['custom', '2026-02-23', '2026-03-01']);
    expect(daysIn('all', new Date())).toEqual(['custom', '', '']);
  });
});
