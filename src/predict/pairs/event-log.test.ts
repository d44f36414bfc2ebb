import { describe, expect, test } from 'vitest';
import { COMPLAINT, type EventLog, GRIEVANCE, orderLog } from './event-log.ts';

type Told = readonly [minute: number, kind: 0 | 1, type: number, text?: number];

function logOf(events: readonly Told[]): EventLog {
  return {
    customers: new Uint32Array(events.length),
    atMinutes: Int32Array.from(events, ([minute]) => minute),
    kinds: Uint8Array.from(events, ([, kind]) => kind),
    types: Uint16Array.from(events, ([, , type]) => type),
    texts: Uint32Array.from(events, ([, , , text]) => text ?? 0),
    customerCount: 1,
    grievanceTypes: 3,
    complaintTypes: 3,
    regions: Uint16Array.of(0),
    regionCount: 1,
    segments: Uint8Array.of(0),
    segmentCount: 1,
  };
}

const kept = (events: readonly Told[]): readonly number[] => [...orderLog(logOf(events)).events.times];

describe('one contact recorded twice', () => {
  test.each<[string, readonly Told[], readonly number[]]>([
    [
      'a grievance ten minutes before a complaint is part of it',
      [
        [100, GRIEVANCE, 0],
        [110, COMPLAINT, 1],
      ],
      [110],
    ],
    [
      'a grievance ten minutes after a complaint is part of it',
      [
        [100, COMPLAINT, 0],
        [110, GRIEVANCE, 1],
      ],
      [100],
    ],
    [
      'an hour later it is a contact of its own',
      [
        [100, COMPLAINT, 0],
        [160, GRIEVANCE, 1],
      ],
      [100, 160],
    ],
    [
      'the same words within a day are one contact',
      [
        [100, COMPLAINT, 0, 7],
        [900, GRIEVANCE, 1, 7],
      ],
      [100],
    ],
    [
      'other words are not',
      [
        [100, COMPLAINT, 0, 7],
        [900, GRIEVANCE, 1, 8],
      ],
      [100, 900],
    ],
    [
      'a day later the same words are said again',
      [
        [100, COMPLAINT, 0, 7],
        [1641, GRIEVANCE, 1, 7],
      ],
      [100, 1641],
    ],
    [
      'the same category again is a repeat',
      [
        [100, COMPLAINT, 0],
        [115, COMPLAINT, 0],
      ],
      [100],
    ],
    [
      'another category is not',
      [
        [100, COMPLAINT, 0],
        [115, COMPLAINT, 1],
      ],
      [100, 115],
    ],
    [
      'what repeats a repeat goes by the one that stays',
      [
        [100, GRIEVANCE, 0],
        [125, GRIEVANCE, 0],
        [150, GRIEVANCE, 0],
      ],
      [100, 150],
    ],
  ])('%s', (_what, events, left) => {
    expect(kept(events)).toEqual(left);
    expect(kept(events.toReversed())).toEqual(left);
  });

  test('what was left out is counted', () => {
    const { dropped } = orderLog(
      logOf([
        [100, GRIEVANCE, 0],
        [101, COMPLAINT, 0],
        [102, COMPLAINT, 0],
      ]),
    );
    expect(dropped).toEqual({ grievancesOfComplaints: 1, repeats: 1 });
  });
});
