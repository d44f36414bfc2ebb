import { describe, expect, it } from 'vitest';
import { funnelAsked } from './funnel-period.ts';

describe('the time of the funnel', () => {
  it('ends where every customer was followed to the end, unless the address says otherwise', () => {
    expect(funnelAsked(new URLSearchParams(), '2026-03-31')).toEqual({
      from: '2025-12-01',
      before: '2026-03-02',
      days: 30,
      scheme: 'rules',
    });
    expect(funnelAsked(new URLSearchParams('from=2026-01-01&before=2026-02-01&days=7&scheme=temperament'), '2026-03-31')).toEqual({
      from: '2026-01-01',
      before: '2026-02-01',
      days: 7,
      scheme: 'temperament',
    });
    expect(funnelAsked(new URLSearchParams('from=2026-02-01&before=2026-01-01&days=x&scheme=made-up'), '2026-03-31')).toMatchObject({
      days: 30,
      scheme: 'rules',
    });
  });
});
