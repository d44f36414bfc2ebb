import { describe, expect, it } from 'vitest';
import { addressBeside } from './follow.ts';

describe('addressBeside', () => {
  it.each([
    ['', '?evidence=all'],
    ['?sort=-voices', '?sort=-voices&evidence=all'],
    ['?evidence=city%3Djn&shown=3&reading=7&period=30d', '?period=30d&evidence=all'],
  ])('keeps the page at %o and closes what stood beside it', (search, address) => {
    expect(addressBeside(search, 'evidence=all')).toBe(address);
  });
});
