import { breachesOf } from '../../src/warn/index.ts';
import { levelsOf, type Pack } from '../../src/model/pack.ts';
import type { Reader } from '../../src/understand/index.ts';
import { classificationScore } from '../../src/maths/classification.ts';
import { type Feeling, FEELINGS } from '../../src/model/reading.ts';
import type { VoiceKind } from '../../src/model/voice.ts';
import type { Told } from '../../scenarios/province/files.ts';
import type { Topic } from '../../scenarios/province/phrases.ts';
import { provinceOf } from '../../scenarios/province/province.ts';
import { toldDays, type Truth } from '../../scenarios/province/tell.ts';
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
  readonly nothing: number;
  /** Readings of at least .8, and how many of them name the right leaf. */
  readonly sure: number;
  readonly sureRight: number;
  /** Texts that name two causes and were read as one of them. */
  readonly either: number;
}

/** What one voice was meant as and read as; of every tenth voice. */
export interface Mood {
  readonly kind: VoiceKind;
  readonly kindRead: VoiceKind | null;
  readonly feeling: Feeling;
  /** Read by its words alone. */
  readonly felt: Feeling;
}

export interface Judged {
  readonly incidents: readonly Incident[];
  readonly missed: readonly Incident[];
  readonly alarms: readonly Alarm[];
  /** Alarms that no incident explains. */
  readonly falseAlarms: readonly Alarm[];
  readonly reading: Reading;
  readonly moods: readonly Mood[];
}

/** A world told, read and watched in memory, by the reader and the rules that ship. */
export function judge(options: WorldOptions, pack: Pack, topics: readonly Topic[], reader: Reader): Judged {
  const province = provinceOf(options);
  const heard = new Map<Rule, Map<string, number[]>>(pack.warning_rules.map((rule) => [rule, new Map()]));
  const tally = { voices: 0, caused: 0, leaf: 0, level2: 0, unmapped: 0, invented: 0, nothing: 0, sure: 0, sureRight: 0, either: 0 };
  const moods: Mood[] = [];
  for (const day of toldDays(province, topics, nameOf(pack))) {
    for (const { told, truth } of day.voices) {
      const { category, confidence, feeling, kind } = reader.read(told.text);
      count(tally, truth, category, confidence);
      if (tally.voices % 10 === 0) moods.push({ kind: truth.kind, kindRead: kind?.kind ?? null, feeling: truth.feeling, felt: feeling });
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
    moods,
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
  // A survey that does not know where stands where its customer lives, as an import places it.
  return dimension === 'city' ? told.customer.city : told.customer.community;
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

function count(
  tally: { -readonly [K in keyof Reading]: number },
  { category: truth, topics }: Truth,
  read: string | null,
  confidence: number,
): void {
  tally.voices++;
  if (truth === null) {
    tally.nothing++;
    if (read !== null) tally.invented++;
    return;
  }
  tally.caused++;
  if (read === null) tally.unmapped++;
  if (read === truth) tally.leaf++;
  if (level2(read) === level2(truth)) tally.level2++;
  if ((topics ?? [truth]).some((topic) => level2(read) === level2(topic))) tally.either++;
  if (read === null || confidence < 0.8) return;
  tally.sure++;
  if (read === truth) tally.sureRight++;
}

export interface Scored {
  readonly voices: number;
  readonly accuracy: number;
  readonly macroF1: number;
  /** Accuracy of whoever always says the most frequent one. */
  readonly majority: number;
}

/** How well one column was read; what was left open counts as wrong. */
export function scoreOf<T extends string>(classes: readonly T[], truth: readonly T[], read: readonly (T | null)[]): Scored {
  const numbers = truth.map((each) => classes.indexOf(each));
  const guesses = read.map((each) => (each === null ? classes.length : classes.indexOf(each)));
  const { accuracy, perClass } = classificationScore(numbers, guesses, classes.length + 1);
  const said = perClass.slice(0, classes.length).filter(({ rows }) => rows > 0);
  return {
    voices: truth.length,
    accuracy,
    macroF1: said.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, said.length),
    majority: said.reduce((most, { rows }) => Math.max(most, rows), 0) / Math.max(1, truth.length),
  };
}

const KINDS: readonly VoiceKind[] = ['grievance', 'complaint', 'consultation', 'suggestion', 'fault', 'praise'];

/** A survey answer cannot be told by its words, so surveys are left out of the kinds. */
export function moodScores(moods: readonly Mood[]): Readonly<Record<'kind' | 'feeling', Scored>> {
  const told = moods.filter(({ kind }) => kind !== 'survey');
  const feelings = moods.map(({ feeling }) => feeling);
  return {
    kind: scoreOf(
      KINDS,
      told.map(({ kind }) => kind),
      told.map(({ kindRead }) => kindRead),
    ),
    feeling: scoreOf(
      FEELINGS,
      feelings,
      moods.map(({ felt }) => felt),
    ),
  };
}

function timesOf(entities: Map<string, number[]>, value: string): number[] {
  const times = entities.get(value) ?? [];
  entities.set(value, times);
  return times;
}
