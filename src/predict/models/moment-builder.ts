import type { ToldTitles } from '../../model/pack.ts';
import { type RuleSegment, ruleSegmentOf } from '../../model/segment.ts';
import { NumberedNames } from '../numbered-names.ts';
import { COMPLAINT, GRIEVANCE, type MomentLog, OTHER, type Subject } from './moment-log.ts';
import { daysTold, solvedTold } from './told-facts.ts';

/** One voice of a customer, as the database gives it, and what is known of the customer. */
export interface MomentRow {
  readonly customer: string;
  readonly voice: number;
  /** On the wall clock of the province, since 1970. */
  readonly minutes: number;
  readonly kind: string;
  readonly recorded: string | null;
  readonly read: string | null;
  readonly channel: string;
  readonly feeling: string | null;
  /** As the source wrote them down. */
  readonly lasted: string | null;
  readonly solved: string | null;
  readonly region: string | null;
  readonly brand: string | null;
  readonly value_tier: string | null;
  readonly tenure_months: number | null;
  readonly age_band: string | null;
}

/** −1: not known. */
const placeIn = (names: NumberedNames, name: string | null): number => (name === null || name === '' ? -1 : names.numberOf(name));

/** Category = the agent's recorded one where it is a leaf of the pack, else the reading's. */
export const categoryOf = (row: Pick<MomentRow, 'recorded' | 'read'>, leafOf: (recorded: string) => string | null): string | null =>
  (row.recorded === null ? null : leafOf(row.recorded)) ?? row.read;

/** Rows must come by customer, and in order of time within one. */
export class MomentBuilder {
  readonly #leafOf: (recorded: string) => string | null;
  readonly #segments: readonly RuleSegment[];
  readonly #told: Pick<ToldTitles, 'yes' | 'no'>;
  readonly #names = {
    category: new NumberedNames(),
    channel: new NumberedNames(),
    feeling: new NumberedNames(),
    region: new NumberedNames(),
  };
  readonly #customers: Subject[] = [];
  readonly #starts: number[] = [];
  readonly #columns: {
    minutes: number[];
    kinds: number[];
    categories: number[];
    channels: number[];
    feelings: number[];
    lasted: number[];
    solved: number[];
    regions: number[];
    voices: number[];
  } = {
    minutes: [],
    kinds: [],
    categories: [],
    channels: [],
    feelings: [],
    lasted: [],
    solved: [],
    regions: [],
    voices: [],
  };
  #last: string | null = null;

  constructor(
    leafOf: (recorded: string) => string | null,
    { segments, told }: { readonly segments: readonly RuleSegment[]; readonly told: Pick<ToldTitles, 'yes' | 'no'> },
  ) {
    this.#leafOf = leafOf;
    this.#segments = segments;
    this.#told = told;
  }

  add(row: MomentRow): void {
    const columns = this.#columns;
    if (row.customer !== this.#last) {
      this.#last = row.customer;
      this.#starts.push(columns.minutes.length);
      this.#customers.push({
        brand: row.brand,
        valueTier: row.value_tier,
        segment: ruleSegmentOf(this.#segments, { brand: row.brand, valueTier: row.value_tier }),
        tenureMonths: row.tenure_months,
        ageBand: row.age_band,
      });
    }
    columns.minutes.push(row.minutes);
    columns.kinds.push(row.kind === 'complaint' ? COMPLAINT : row.kind === 'grievance' || row.kind === 'fault' ? GRIEVANCE : OTHER);
    columns.categories.push(placeIn(this.#names.category, categoryOf(row, this.#leafOf)));
    columns.channels.push(placeIn(this.#names.channel, row.channel));
    columns.feelings.push(placeIn(this.#names.feeling, row.feeling));
    columns.lasted.push(daysTold(row.lasted));
    columns.solved.push(solvedTold(row.solved, this.#told));
    columns.regions.push(placeIn(this.#names.region, row.region));
    columns.voices.push(row.voice);
  }

  get size(): number {
    return this.#columns.minutes.length;
  }

  /** `begin`: since when voices are on record; `end`: until when everything is known. */
  finish(begin: number, end: number): MomentLog {
    const columns = this.#columns;
    return {
      starts: Uint32Array.from([...this.#starts, columns.minutes.length]),
      minutes: Int32Array.from(columns.minutes),
      kinds: Uint8Array.from(columns.kinds),
      categories: Int32Array.from(columns.categories),
      channels: Int32Array.from(columns.channels),
      feelings: Int32Array.from(columns.feelings),
      lasted: Float32Array.from(columns.lasted),
      solved: Int8Array.from(columns.solved),
      regions: Int32Array.from(columns.regions),
      voices: Float64Array.from(columns.voices),
      names: {
        category: this.#names.category.list,
        channel: this.#names.channel.list,
        feeling: this.#names.feeling.list,
        region: this.#names.region.list,
      },
      customers: this.#customers,
      begin,
      end,
    };
  }
}
