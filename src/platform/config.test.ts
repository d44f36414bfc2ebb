import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('a time zone is known by its name, or the settings are refused', () => {
  expect(readConfig({ VOXLOOP_TIMEZONE: 'Europe/Berlin' }).timeZone).toBe('Europe/Berlin');
  for (const wrong of ['Mars/Olympus', '+08:00', '北京'])
    expect(() => readConfig({ VOXLOOP_TIMEZONE: wrong })).toThrow('VOXLOOP_TIMEZONE: a time zone by its name');
});
