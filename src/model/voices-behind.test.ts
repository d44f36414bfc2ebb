import { describe, expect, it } from 'vitest';
import { bucketEnd, voicesBehind } from './voices-behind.ts';

describe('voices behind a figure', () => {
  const question = { by: ['day', 'city'], where: [{ text: '断线' }] };

  it('are those of the question and of every value in the row', () => {
    expect(voicesBehind(question, { day: '2026-02-28', city: null, voices: 3 })).toEqual([
      { text: '断线' },
      { field: 'said_at', from: '2026-02-28', before: '2026-03-01' },
      { field: 'city', in: [null] },
    ]);
  });

  it('are of one kind when the measure counts one kind', () => {
    expect(voicesBehind({ by: [], where: [] }, {}, 'complaints')).toEqual([{ field: 'kind', in: ['complaint'] }]);
    expect(voicesBehind({ by: [], where: [] }, {}, 'voices')).toEqual([]);
  });

  it.each([
    ['hour', '2026-03-01T23:00', '2026-03-02T00:00'],
    ['day', '2024-02-28', '2024-02-29'],
    ['week', '2025-12-29', '2026-01-05'],
    ['month', '2026-12-01', '2027-01-01'],
    ['quarter', '2026-10-01', '2027-01-01'],
    ['year', '2026-01-01', '2027-01-01'],
  ] as const)('a %s ends where the next begins', (unit, start, end) => {
    expect(bucketEnd(unit, start)).toBe(end);
  });
});
