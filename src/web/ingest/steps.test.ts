import { describe, expect, it } from 'vitest';
import { isOpen, stepOf } from './steps.ts';

describe('the steps of an import', () => {
  it('begin with how the file is read, and end where the state says', () => {
    expect([stepOf({ state: 'draft' }, null), stepOf({ state: 'draft' }, 'map'), stepOf({ state: 'draft' }, 'nonsense')]).toEqual([
      'read',
      'map',
      'read',
    ]);
    expect([stepOf({ state: 'checked' }, null), stepOf({ state: 'checked' }, 'map'), stepOf({ state: 'running' }, 'map')]).toEqual([
      'check',
      'map',
      'commit',
    ]);
  });

  it('leave settings alone once rows were stored', () => {
    expect([isOpen({ state: 'draft' }), isOpen({ state: 'checked' }), isOpen({ state: 'cancelled' }), isOpen({ state: 'done' })]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
