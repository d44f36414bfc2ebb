import { expect, it } from 'vitest';
import { stemWord } from './stem-word.ts';

function stem(word: string): string {
  const units = Uint16Array.from(word, (c) => c.charCodeAt(0));
  return String.fromCharCode(...units.subarray(0, stemWord(units, units.length)));
}

it.each([
  ['charge', 'charges', 'charged', 'charging'],
  ['bill', 'bills', 'billed', 'billing'],
  ['cancel', 'cancels', 'cancelled', 'canceled', 'cancelling'],
  ['drop', 'drops', 'dropped', 'dropping'],
  ['company', 'companies'],
  ['box', 'boxes'],
  ['price', 'prices', 'pricing', 'priced'],
  ['outage', 'outages'],
  ['fee', 'fees'],
  ['app', 'apps'],
  ['throttle', 'throttles', 'throttled', 'throttling'],
])('%s and its forms are one', (...forms) => {
  expect(new Set(forms.map(stem)).size).toBe(1);
});

it.each([
  ['string', 'stre'],
  ['speed', 'spe'],
  ['bus', 'bu'],
  ['bill', 'build'],
])('%s and %s stay apart', (one, other) => {
  expect(stem(one)).not.toBe(stem(other));
});

it('leaves what is no English word as it is', () => {
  expect(['5g', 'los', '宽带', 'été', ''].map(stem)).toEqual(['5g', 'los', '宽带', 'été', '']);
});
