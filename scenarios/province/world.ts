import type { TemperamentId } from '../../src/model/segment.ts';
import type { Channel, VoiceKind } from '../../src/model/voice.ts';

export interface WorldOptions {
  readonly customers: number;
  readonly months: number;
  readonly seed: number;
  /** The world ends here (ISO instant); its days are days of UTC+8. */
  readonly until: string;
  /** false: the same province in a time in which nothing special happens. */
  readonly incidents: boolean;
}

export const SOURCES = ['hotline', 'hall', 'app', 'field', 'survey'] as const;
export type SourceName = (typeof SOURCES)[number];

export interface Region {
  readonly code: string;
  readonly parent: string | null;
  readonly level: 'province' | 'city' | 'district' | 'community' | 'cell';
  readonly name: string;
  readonly name_en: string;
}

export interface Unit {
  readonly id: string;
  readonly parent: string | null;
  readonly level: 'province' | 'city' | 'district' | 'branch' | 'unit' | 'department';
  readonly name: string;
  readonly name_en: string;
  readonly department?: string;
  readonly region?: string;
}

export interface Subscription {
  readonly id: string;
  readonly product: string;
  readonly plan: string;
  readonly since: string;
}

export interface Customer {
  readonly id: string;
  /** Its place in the list of customers. */
  readonly index: number;
  readonly name: string;
  readonly phone: string;
  readonly idNumber: string;
  readonly address: string;
  readonly community: string;
  readonly district: string;
  readonly city: string;
  readonly brand: string;
  readonly ageBand: string;
  readonly tenureMonths: number;
  readonly valueTier: string;
  readonly group: string;
  readonly subscriptions: readonly Subscription[];
}

export const INCIDENT_KINDS = ['broadband-outage', 'billing-fault', 'hidden-threshold', 'unaware-subscription', 'realname-queue'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export interface Incident {
  readonly id: string;
  readonly kind: IncidentKind;
  readonly entity: { readonly dimension: 'community' | 'plan' | 'city' | 'unit'; readonly value: string };
  readonly category: string;
  /** Milliseconds since the epoch, UTC. */
  readonly from: number;
  readonly before: number;
  readonly size: number;
}

/** That something was said: everything about a voice but its words. `category` null = nothing to file under (表扬, 没意见). */
export interface Happening {
  readonly at: number;
  readonly source: SourceName;
  readonly channel: Channel;
  readonly kind: VoiceKind;
  readonly customer: Customer;
  readonly subscription: Subscription;
  readonly region: string | null;
  readonly unit: string | null;
  readonly agent: string | null;
  readonly category: string | null;
  readonly incident: string | null;
  /** Somebody comes back with the same thing. */
  readonly again: boolean;
  readonly temperament: TemperamentId;
  /** Of a planted grievance or complaint. */
  readonly planted?: PlantedVoice;
  /** Of a survey. */
  readonly asked?: { readonly item: string; readonly score: number };
}

export interface PlantedVoice {
  /** Its place in the events of the planted world. */
  readonly event: number;
  /** Of a grievance: days that the matter had lasted, whether it was solved in this contact, and its true level, 1 to 5. */
  readonly grievance?: { readonly days: number; readonly solved: boolean; readonly level: number };
}

export interface TopicWeight {
  readonly category: string;
  readonly weight: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const LOCAL = 8 * HOUR;

/** Midnight at the beginning of the local day of an instant. */
export function dayOf(at: number): number {
  return Math.floor((at + LOCAL) / DAY) * DAY - LOCAL;
}

/** `2026-03-01T08:00:05` in local time. */
export function localText(at: number): string {
  return new Date(at + LOCAL).toISOString().slice(0, 19);
}

/** 0 = Sunday. */
export function weekdayOf(at: number): number {
  return new Date(at + LOCAL).getUTCDay();
}

export function dayOfMonth(at: number): number {
  return new Date(at + LOCAL).getUTCDate();
}

export function beginOf(options: WorldOptions): number {
  return dayOf(Date.parse(options.until) - Math.round(options.months * 30.4375) * DAY);
}
