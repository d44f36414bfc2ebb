import { describe, expect, it } from 'vitest';
import type { MemberRow, UnitRow } from '../../model/organisation.ts';
import { branchesOf, membersUnder, unfolded } from './unit-shape.ts';

const unit = (id: string, parent: string | null, path: string): UnitRow => ({
  id,
  parent,
  level: 'unit',
  name: id,
  name_en: id,
  department: null,
  city: null,
  district: null,
  path,
  retired: false,
  version: 1,
});
const UNITS = [unit('p', null, '/p/'), unit('a', 'p', '/p/a/'), unit('h', 'a', '/p/a/h/'), unit('b', 'p', '/p/b/')];
const member = (id: string, at: string, disabled = false) => ({ id, unit: { id: at, name: at }, disabled }) as unknown as MemberRow;
const MEMBERS = [member('1', 'p'), member('2', 'h'), member('3', 'h', true), member('4', 'b')];

describe('the tree of units', () => {
  it('stands in reading order and counts who is active here and below', () => {
    expect(branchesOf(UNITS, MEMBERS).map(({ unit: one, depth, members }) => [one.id, depth, members])).toEqual([
      ['p', 0, 3],
      ['a', 1, 1],
      ['h', 2, 1],
      ['b', 1, 1],
    ]);
  });
  it('begins where the viewer’s sight begins', () => {
    expect(branchesOf(UNITS.slice(1), MEMBERS).map(({ unit: one, depth }) => [one.id, depth])).toEqual([
      ['a', 0],
      ['h', 1],
      ['b', 0],
    ]);
  });
  it('folds', () => {
    const shown = (open: readonly string[]) => unfolded(branchesOf(UNITS, MEMBERS), new Set(open)).map((branch) => branch.unit.id);
    expect([shown([]), shown(['p']), shown(['p', 'a'])]).toEqual([['p'], ['p', 'a', 'b'], ['p', 'a', 'h', 'b']]);
  });
  it('finds the members of a unit and of all below it', () => {
    expect(membersUnder(MEMBERS, UNITS, 'a').map((one) => one.id)).toEqual(['2', '3']);
    expect(membersUnder(MEMBERS, UNITS, null)).toHaveLength(4);
  });
});
