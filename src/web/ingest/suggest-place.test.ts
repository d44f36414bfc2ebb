import { describe, expect, it } from 'vitest';
import { suggestPlace } from './suggest-place.ts';

const place = (code: string, zh: string, en: string) => ({ code, names: { zh, en } });
const PLACES = [
  place('1', '历下区', 'Lixia'),
  place('2', '市中区', 'Shizhong'),
  place('3', '历城区', 'Licheng'),
  place('4', '市中区', 'Shizhong (Zaozhuang)'),
];

describe('a place for a word', () => {
  it('is suggested when only one can be meant', () => {
    expect([
      suggestPlace('历下', PLACES),
      suggestPlace('济南历下区', PLACES),
      suggestPlace('历下区政府', PLACES),
      suggestPlace('lixia', PLACES),
    ]).toEqual(['1', '1', '1', '1']);
  });

  it('is not guessed', () => {
    expect([suggestPlace('历', PLACES), suggestPlace('市中', PLACES), suggestPlace('火星', PLACES), suggestPlace('', PLACES)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
