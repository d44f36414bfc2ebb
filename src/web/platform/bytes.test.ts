import { expect, it } from 'vitest';
import { bytes } from './bytes.ts';

it.each([
  [0, '0 B'],
  [1536, '1.5 KB'],
  [1024 ** 2 * 340, '340 MB'],
  [1024 ** 3 * 1.25, '1.3 GB'],
  [1024 ** 4 * 12, '12.0 TB'],
])('%d bytes are %s', (size, text) => {
  expect(bytes(size, 'en')).toBe(text);
});
