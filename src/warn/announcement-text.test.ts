import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADDRESSES } from '../model/addresses.ts';
import { expectGolden } from '../../test/kit/golden.ts';
import { type AnnouncedAlarm, announcementText, isForGood, retryAfterMs } from './announcement-text.ts';

const alarm: AnnouncedAlarm = {
  rule: { zh: '小区宽带群障', en: 'Broadband outage in a community' },
  entity: { zh: '和平小区', en: 'Peace Court' },
  severity: 'critical',
  voices: 7,
  threshold: 6,
  windowMinutes: 180,
  firedAt: '2026-03-10 10:00',
  isOver: false,
  link: `https://voxloop.example${ADDRESSES.alarm('al_1')}`,
};

describe('the mail about an alarm', () => {
  it.each(['zh', 'en'] as const)('reads so in %s', (locale) => {
    const going = announcementText(alarm, locale);
    const over = announcementText({ ...alarm, isOver: true, windowMinutes: 1440 }, locale);
    const page = [going, over].map(({ subject, text }) => `Subject: ${subject}\n\n${text}`).join('\n----\n');
    expectGolden(join(import.meta.dirname, `announcement.golden.${locale}.txt`), page);
  });

  it('has one line as its subject, whatever the rule is called', () => {
    expect(announcementText({ ...alarm, rule: { zh: 'a\r\nBcc: x@y', en: 'b' } }, 'zh').subject).toBe('【紧急预警】a Bcc: x@y：和平小区');
  });

  it('is tried again after ever longer pauses, up to a quarter of an hour', () => {
    expect([1, 2, 3, 8, 9, 40].map(retryAfterMs)).toEqual([5_000, 10_000, 20_000, 640_000, 900_000, 900_000]);
  });

  it('is given up only for reasons that stay', () => {
    expect([undefined, 421, 451, 535, 550, 554].map(isForGood)).toEqual([false, false, false, false, true, true]);
  });
});
