import type { Names } from '../model/question.ts';
import type { Severity } from '../model/alarm.ts';

/** What a mail about an alarm may say: names, counts and times. Never a word that a customer said, never a person. */
export interface AnnouncedAlarm {
  readonly rule: Names;
  readonly entity: Names;
  readonly severity: Severity;
  readonly voices: number;
  readonly threshold: number;
  readonly windowMinutes: number;
  /** Local time, `2026-03-10 10:00`. */
  readonly firedAt: string;
  readonly isOver: boolean;
  readonly link: string;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const SEVERITY: Readonly<Record<Severity, Names>> = {
  notice: { zh: '一般', en: 'Notice' },
  serious: { zh: '重要', en: 'Serious' },
  critical: { zh: '紧急', en: 'Critical' },
};

export function announcementText(alarm: AnnouncedAlarm, locale: 'zh' | 'en'): MailText {
  return locale === 'zh' ? inChinese(alarm) : inEnglish(alarm);
}

function inChinese(alarm: AnnouncedAlarm): MailText {
  return {
    subject: oneLine(`【${SEVERITY[alarm.severity].zh}预警】${alarm.rule.zh}：${alarm.entity.zh}`),
    text: [
      `${alarm.rule.zh}：${alarm.entity.zh}`,
      '',
      `级别：${SEVERITY[alarm.severity].zh}`,
      `触发时间：${alarm.firedAt}`,
      `客户声音：${alarm.voices} 条（阈值 ${alarm.threshold} 条 / ${durationZh(alarm.windowMinutes)}）`,
      `状态：${alarm.isOver ? '已恢复' : '持续中'}`,
      '',
      `查看并处理：${alarm.link}`,
      '',
      '此邮件由客声闭环自动发出，不含客户个人信息。',
      '',
    ].join('\n'),
  };
}

function inEnglish(alarm: AnnouncedAlarm): MailText {
  return {
    subject: oneLine(`[${SEVERITY[alarm.severity].en}] ${alarm.rule.en}: ${alarm.entity.en}`),
    text: [
      `${alarm.rule.en}: ${alarm.entity.en}`,
      '',
      `Severity: ${SEVERITY[alarm.severity].en}`,
      `Fired at: ${alarm.firedAt}`,
      `Voices: ${alarm.voices} (threshold ${alarm.threshold} in ${durationEn(alarm.windowMinutes)})`,
      `State: ${alarm.isOver ? 'over' : 'still going on'}`,
      '',
      `See and act: ${alarm.link}`,
      '',
      'Sent by Voxloop. This mail contains no personal data of customers.',
      '',
    ].join('\n'),
  };
}

/** A name with a line break must not become a header of its own. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

export function durationZh(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} 天`;
  return minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`;
}

export function durationEn(minutes: number): string {
  const of = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minutes % 1440 === 0) return of(minutes / 1440, 'day');
  return minutes % 60 === 0 ? of(minutes / 60, 'hour') : of(minutes, 'minute');
}

const FIRST_RETRY_MS = 5_000;
export const LONGEST_RETRY_MS = 15 * 60_000;
export const MOST_ATTEMPTS = 40;

/** How long to wait after so many tries: doubling from five seconds up to a quarter of an hour (then about nine hours in all). */
export function retryAfterMs(attempts: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
}

/** No such mailbox, not accepted, too large: for good. Everything else may pass, also a refused login (535): settings get corrected. */
const FOR_GOOD: readonly number[] = [550, 551, 552, 553, 554, 556];

export function isForGood(responseCode: number | undefined): boolean {
  return responseCode !== undefined && FOR_GOOD.includes(responseCode);
}
