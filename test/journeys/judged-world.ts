import { breachesOf } from '../../src/warn/index.ts';
import { levelsOf, type Pack } from '../../src/model/pack.ts';
import type { Reader } from '../../src/understand/index.ts';
import type { Told } from '../../scenarios/province/files.ts';
import type { Topic } from '../../scenarios/province/phrases.ts';
import { provinceOf } from '../../scenarios/province/province.ts';
import { toldDays } from '../../scenarios/province/tell.ts';
import { type Incident, MINUTE, type WorldOptions } from '../../scenarios/province/world.ts';

type Rule = Pack['warning_rules'][number];

export interface Alarm {
  readonly rule: Rule;
  readonly value: string;
  readonly firedMs: number;
  readonly voices: number;
}

export interface Reading {
  readonly voices: number;
  /** Voices that are about something. */
  readonly caused: number;
  readonly leaf: number;
  readonly level2: number;
  readonly unmapped: number;
  /** Voices about nothing that were given a cause all the same. */
  readonly invented: number;
}

export interface Judged {
  readonly incidents: readonly Incident[];
  readonly missed: readonly Incident[];
  readonly alarms: readonly Alarm[];
  /** Alarms that no incident explains. */
  readonly falseAlarms: readonly Alarm[];
  readonly reading: Reading;
}

/** A world told, read and watched in memory, by the reader and the rules that ship. */
export function judge(options: WorldOptions, pack: Pack, topics: readonly Topic[], reader: Reader): Judged {
  const province = provinceOf(options);
  const heard = new Map<Rule, Map<string, number[]>>(pack.warning_rules.map((rule) => [rule, new Map()]));
  const tally = { voices: 0, caused: 0, leaf: 0, level2: 0, unmapped: 0, invented: 0 };
  for (const day of toldDays(province, topics, nameOf(pack))) {
    for (const { told } of day.voices) {
      const { category } = reader.read(told.text);
      count(tally, told.category, category);
      if (category === null) continue;
      for (const [rule, entities] of heard) {
        const value = listens(rule, category) ? entityOf(told, rule.dimension) : null;
        if (value !== null) timesOf(entities, value).push(saidAt(told));
      }
    }
  }
  const alarms = [...heard].flatMap(([rule, entities]) => [...entities].flatMap(([value, times]) => alarmsOf(rule, value, times)));
  const { incidents } = province;
  const explains = (incident: Incident, alarm: Alarm): boolean =>
    listens(alarm.rule, incident.category) &&
    alarm.rule.dimension === incident.entity.dimension &&
    alarm.value === incident.entity.value &&
    alarm.firedMs >= incident.from &&
    alarm.firedMs < incident.before;
  return {
    incidents,
    alarms,
    reading: tally,
    missed: incidents.filter((incident) => !alarms.some((alarm) => explains(incident, alarm))),
    falseAlarms: alarms.filter((alarm) => !incidents.some((incident) => explains(incident, alarm))),
  };
}

function alarmsOf(rule: Rule, value: string, times: number[]): readonly Alarm[] {
  const limits = { windowMs: rule.window_minutes * MINUTE, threshold: rule.threshold, holdMs: rule.hold_minutes * MINUTE };
  return breachesOf(
    times.sort((a, b) => a - b),
    limits,
  ).flatMap(({ firesMs, voices }) => (firesMs === null ? [] : [{ rule, value, firedMs: firesMs, voices }]));
}

/** Files carry seconds, and the field service's only minutes. */
function saidAt(told: Told): number {
  const unit = told.source === 'field' ? MINUTE : 1000;
  return Math.floor(told.at / unit) * unit;
}

function entityOf(told: Told, dimension: string): string | null {
  if (dimension === 'plan') return told.subscription.plan;
  if (dimension === 'unit') return told.unit;
  return told.region === null ? null : dimension === 'city' ? told.customer.city : told.customer.community;
}

function listens(rule: Rule, category: string): boolean {
  const levels = levelsOf(category);
  return rule.where.every(({ field, in: values }) => values.includes(levels[field === 'category' ? 2 : Number(field.at(-1)) - 1] ?? ''));
}

function nameOf(pack: Pack): (code: string) => string {
  const names = new Map(pack.categories.map((category) => [category.code, category.names.zh]));
  return (code) => names.get(code) ?? code;
}

const level2 = (category: string | null): string => (category ?? '').split('/').slice(0, 2).join('/');

function count(tally: { -readonly [K in keyof Reading]: number }, truth: string | null, read: string | null): void {
  tally.voices++;
  if (truth === null) {
    if (read !== null) tally.invented++;
    return;
  }
  tally.caused++;
  if (read === null) tally.unmapped++;
  if (read === truth) tally.leaf++;
  if (level2(read) === level2(truth)) tally.level2++;
}

function timesOf(entities: Map<string, number[]>, value: string): number[] {
  const times = entities.get(value) ?? [];
  entities.set(value, times);
  return times;
}
