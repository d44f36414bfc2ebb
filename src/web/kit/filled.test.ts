import { describe, expect, it } from 'vitest';
import { filled } from './filled.ts';

describe('a sentence with places', () => {
  it('takes the first name that is known, and admits what it does not know', () => {
    expect(filled('“{value|column}” in {file}', { column: '区县' })).toBe('“区县” in …');
    expect(filled('“{value|column}”', { value: 3, column: '区县' })).toBe('“3”');
  });
});
