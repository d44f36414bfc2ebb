import { describe, expect, it } from 'vitest';
import { type UnitPlace, mayStandBelow, moveProblems, placesAfter } from './unit-rules.ts';

const unit = (
  id: string,
  level: UnitPlace['level'],
  path: string,
  district: string | null = null,
  city: string | null = 'A',
): UnitPlace => ({
  id,
  level,
  city,
  district,
  path,
});
const P = unit('p', 'province', '/p/', null, null);
const A = unit('a', 'city', '/p/a/');
const A1 = unit('a1', 'district', '/p/a/a1/', 'A1');
const A2 = unit('a2', 'branch', '/p/a/a2/', 'A2');
const HALL = unit('h', 'unit', '/p/a/a1/h/', 'A1');
const TEAM = unit('t', 'unit', '/p/a/a1/h/t/', 'A1');
const B = unit('b', 'city', '/p/b/', null, 'B');

const open = (one: UnitPlace) => ({ ...one, retired: false });

describe('a unit', () => {
  it('stands below larger ones; teams and departments nest', () => {
    expect([mayStandBelow('city', 'province'), mayStandBelow('unit', 'unit'), mayStandBelow('department', 'city')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([mayStandBelow('city', 'district'), mayStandBelow('branch', 'branch'), mayStandBelow('province', 'province')]).toEqual([
      false,
      false,
      false,
    ]);
  });
  it('moves within its city, never below itself or a retired one', () => {
    const codes = (a: UnitPlace, b: UnitPlace & { retired: boolean }) => moveProblems(a, b).map((problem) => problem.code);
    expect(codes(HALL, open(A2))).toEqual([]);
    expect(codes(A, open(P))).toEqual([]);
    expect(codes(A1, open(TEAM))).toEqual(['unit-under-itself']);
    expect(codes(HALL, open(B))).toEqual(['unit-other-city']);
    expect(codes(HALL, open(P))).toEqual(['unit-other-city']);
    expect(codes(A1, open(A2))).toEqual(['unit-level-wrong']);
    expect(codes(HALL, { ...A2, retired: true })).toEqual(['unit-retired']);
  });
  it('takes everything below along: paths always, the district where it came from above', () => {
    expect(placesAfter([HALL, TEAM], HALL, A2)).toEqual([
      { ...HALL, path: '/p/a/a2/h/', district: 'A2' },
      { ...TEAM, path: '/p/a/a2/h/t/', district: 'A2' },
    ]);
    expect(placesAfter([A2], A2, A1)).toEqual([{ ...A2, path: '/p/a/a1/a2/' }]);
  });
});
