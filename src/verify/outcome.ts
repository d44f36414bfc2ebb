import { rateRatio } from '../maths/rate-ratio.ts';
import type { Entity } from '../model/alarm.ts';
import type { OutcomeWhere } from '../model/order-views.ts';
import type { Filter, Names } from '../model/question.ts';
import type { Outcome } from '../model/work-order.ts';
import { isTimeField } from '../warn/index.ts';

/** Days compared on each side of the work, at most. */
export const HORIZON_DAYS = 14;
const DAY_MS = 86_400_000;
/** Before a whole day has passed, night and noon would be compared. */
const SOONEST_DAYS = 1;
/** A difference that is not visible yet may become so; after a week of looking "no visible change" is said aloud. */
const PATIENT_DAYS = 7;

export interface Span {
  readonly fromMs: number;
  readonly beforeMs: number;
}

export interface Spans {
  readonly before: Span;
  readonly after: Span;
  /** Nothing more will be added to `after`. */
  readonly final: boolean;
}

/**
 * What is compared, in event time: up to 14 days before the order was made (less where the voices begin later) with up
 * to 14 days after it was closed. The time of the work itself belongs to neither side.
 */
export function spansOf(
  order: { readonly createdMs: number; readonly closedMs: number },
  firstVoiceMs: number | null,
  nowMs: number,
): Spans {
  const wanted = order.createdMs - HORIZON_DAYS * DAY_MS;
  const end = order.closedMs + HORIZON_DAYS * DAY_MS;
  return {
    before: { fromMs: Math.min(order.createdMs, Math.max(wanted, firstVoiceMs ?? wanted)), beforeMs: order.createdMs },
    after: { fromMs: order.closedMs, beforeMs: Math.max(order.closedMs, Math.min(nowMs, end)) },
    final: nowMs >= end,
  };
}

export const daysOf = (span: Span): number => (span.beforeMs - span.fromMs) / DAY_MS;

export interface Counted {
  readonly voices: number;
  readonly days: number;
}

export type Measured = Pick<Outcome, 'verdict' | 'before' | 'after' | 'ratio' | 'low' | 'high'>;

/**
 * Did it help: the ratio of the two daily rates with its exact 95 % interval. Fell or rose only when the interval lies
 * wholly below or above 1. The base holds the burst that led to the order, so part of a fall is the burst's own end: the
 * verdict says that complaints fell, not that the work made them fall.
 */
export function outcomeOf(before: Counted, after: Counted, final: boolean): Measured {
  const { ratio, low, high } = rateRatio({ events: before.voices, exposure: before.days }, { events: after.voices, exposure: after.days });
  return { verdict: verdictOf(before, after, { low, high }, final), before, after, ratio, low, high };
}

function verdictOf(
  before: Counted,
  after: Counted,
  interval: { low: number | null; high: number | null },
  final: boolean,
): Outcome['verdict'] {
  if (!final && (after.days < SOONEST_DAYS || before.days < SOONEST_DAYS)) return 'too-early';
  if (interval.high !== null && interval.high < 1) return 'fell';
  if (interval.low !== null && interval.low > 1) return 'rose';
  return final || after.days >= PATIENT_DAYS ? 'no-visible-change' : 'too-early';
}

/** The order's cause and place without its time. */
export function causeOf(where: readonly Filter[], entity: Entity | null): readonly Filter[] {
  const cause = where.filter((filter) => 'text' in filter || !isTimeField(filter.field));
  const named =
    entity !== null && cause.some((filter) => 'in' in filter && filter.field === entity.dimension && filter.in.includes(entity.value));
  return entity === null || named ? cause : [...cause, { field: entity.dimension, in: [entity.value] }];
}

/** The filters that open the voices counted on each side of a measured outcome. */
export function evidenceOf(
  order: {
    readonly where: readonly Filter[];
    readonly entity: Entity | null;
    readonly createdMs: number;
    readonly closedMs: number;
  },
  measured: Pick<Outcome, 'before' | 'after'>,
): OutcomeWhere {
  const cause = causeOf(order.where, order.entity);
  const within = (fromMs: number, beforeMs: number): readonly Filter[] => [
    ...cause,
    { field: 'said_at', from: new Date(fromMs).toISOString(), before: new Date(beforeMs).toISOString() },
  ];
  return {
    before: within(order.createdMs - Math.round(measured.before.days * DAY_MS), order.createdMs),
    after: within(order.closedMs, order.closedMs + Math.round(measured.after.days * DAY_MS)),
  };
}

/** The sentence with its numbers. */
export function outcomeWords(outcome: Measured): Names {
  const { before, after } = outcome;
  const zh = `受理前 ${days(before.days)} 天 ${before.voices} 条，关闭后 ${days(after.days)} 天 ${after.voices} 条`;
  const en = `${voices(before.voices)} in ${days(before.days)} days before the order, ${voices(after.voices)} in ${days(after.days)} days after it was closed`;
  const interval = intervalWords(outcome);
  return { zh: `${VERDICTS[outcome.verdict].zh}：${zh}${interval.zh}。`, en: `${VERDICTS[outcome.verdict].en}: ${en}${interval.en}.` };
}

const VERDICTS: Readonly<Record<Outcome['verdict'], Names>> = {
  fell: { zh: '下降', en: 'Fell' },
  rose: { zh: '上升', en: 'Rose' },
  'no-visible-change': { zh: '无明显变化', en: 'No visible change' },
  'too-early': { zh: '为时尚早', en: 'Too early to say' },
};

/** Too early: an interval over minutes is as wide as it is useless. */
function intervalWords({ verdict, ratio, low, high }: Measured): Names {
  if (low === null || verdict === 'too-early') return { zh: '', en: '' };
  const range = {
    zh: high === null ? `不低于 ${number(low)}` : `${number(low)}–${number(high)}`,
    en: high === null ? `at least ${number(low)}` : `${number(low)} to ${number(high)}`,
  };
  if (ratio === null) return { zh: `，日均之比 95% 区间 ${range.zh}`, en: `; ratio of daily rates, 95 % interval ${range.en}` };
  return {
    zh: `，日均之比 ${number(ratio)}（95% 区间 ${range.zh}）`,
    en: `; ratio of daily rates ${number(ratio)} (95 % interval ${range.en})`,
  };
}

const number = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(2));
const days = (value: number): string => value.toFixed(1);
const voices = (count: number): string => `${count} ${count === 1 ? 'voice' : 'voices'}`;
