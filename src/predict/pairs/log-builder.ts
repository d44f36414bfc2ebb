import { NumberedNames } from '../numbered-names.ts';
import { COMPLAINT, type EventLog, GRIEVANCE } from './event-log.ts';

/** A grievance or complaint as the database tells it. */
export interface EventRow {
  readonly voice: number;
  readonly customer: string;
  readonly atMinutes: number;
  readonly isComplaint: boolean;
  /** What an agent filed it under, and what its newest reading says. */
  readonly recorded: string | null;
  readonly read: string | null;
  readonly district: string | null;
  readonly city: string | null;
  readonly text: number;
}

export interface CustomerRow {
  readonly customer: string;
  readonly district: string | null;
  readonly city: string | null;
  readonly brand: string | null;
  readonly valueTier: string | null;
  /** Minutes; null: not known, or still a customer. */
  readonly since: number | null;
  readonly until: number | null;
  /** Where the newest run of a scheme put them; null: nowhere, or the scheme goes by rules. */
  readonly segment: string | null;
}

/** A log with the names of its numbers. */
export interface NamedLog {
  readonly log: EventLog;
  readonly grievances: readonly string[];
  readonly complaints: readonly string[];
  readonly customers: readonly string[];
  readonly told: Told;
}

/** Where the events came from. */
export interface Told {
  readonly events: number;
  /** By the agent's category, by a reading, and those with neither, which are left out. */
  readonly recorded: number;
  readonly read: number;
  readonly unmapped: number;
  readonly regions: 'district' | 'city';
  /** Said before or after the time that is looked at, and left out. */
  readonly outside: number;
}

export interface LogBuilderOptions {
  readonly leafOf: (recorded: string) => string | null;
  readonly segmentOf: (customer: CustomerRow) => string | null;
  readonly segments: readonly string[];
  /** Minutes, half-open: what lies outside is left out and counted. Every day between costs memory, so one wrong year must not count. */
  readonly span: { readonly from: number; readonly before: number };
}

/** Above so many cells (region × category × day) the calendar goes by city, not by district. */
const MOST_CELLS = 24_000_000;

/** Collects rows into columns that grow, then makes the log. */
export class LogBuilder {
  readonly #options: LogBuilderOptions;
  readonly #customers = new NumberedNames();
  readonly #grievances = new NumberedNames();
  readonly #complaints = new NumberedNames();
  readonly #recordedLeaves = new Map<string, string | null>();
  readonly #home: { district: string | null; city: string | null }[] = [];
  readonly #segments: number[] = [];
  readonly #since: (number | null)[] = [];
  readonly #until: (number | null)[] = [];
  #size = 0;
  #who = new Uint32Array(1024);
  #at = new Int32Array(1024);
  #type = new Uint16Array(1024);
  #kind = new Uint8Array(1024);
  #text = new Uint32Array(1024);
  #voice = new Float64Array(1024);
  #told = { recorded: 0, read: 0, unmapped: 0, outside: 0 };

  constructor(options: LogBuilderOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  add(row: EventRow): void {
    const { from, before } = this.#options.span;
    if (row.atMinutes < from || row.atMinutes >= before) {
      this.#told.outside++;
      return;
    }
    const category = this.#categoryOf(row);
    if (category === null) return;
    if (this.#size === this.#at.length) this.#grow();
    const customer = this.#customers.numberOf(row.customer);
    if (customer === this.#home.length) this.#meet();
    const home = this.#home[customer];
    if (home !== undefined) {
      home.district ??= row.district;
      home.city ??= row.city;
    }
    const at = this.#size++;
    this.#who[at] = customer;
    this.#at[at] = row.atMinutes;
    this.#kind[at] = row.isComplaint ? COMPLAINT : GRIEVANCE;
    this.#type[at] = (row.isComplaint ? this.#complaints : this.#grievances).numberOf(category);
    this.#text[at] = row.text >>> 0;
    this.#voice[at] = row.voice;
  }

  /** Where a customer lives and what they are; of customers without an event nothing is kept. */
  describe(row: CustomerRow): void {
    const customer = this.#customers.find(row.customer);
    if (customer === undefined) return;
    this.#home[customer] = {
      district: row.district ?? this.#home[customer]?.district ?? null,
      city: row.city ?? this.#home[customer]?.city ?? null,
    };
    const segment = this.#options.segmentOf(row);
    const number = segment === null ? -1 : this.#options.segments.indexOf(segment);
    this.#segments[customer] = number < 0 ? this.#options.segments.length : number;
    this.#since[customer] = row.since;
    this.#until[customer] = row.until;
  }

  build(): NamedLog {
    const size = this.#size;
    const count = this.#customers.list.length;
    const { level, ...places } = this.#regions();
    const log: EventLog = {
      customers: this.#who.slice(0, size),
      atMinutes: this.#at.slice(0, size),
      types: this.#type.slice(0, size),
      kinds: this.#kind.slice(0, size),
      texts: this.#text.slice(0, size),
      voices: this.#voice.slice(0, size),
      customerCount: count,
      grievanceTypes: this.#grievances.list.length,
      complaintTypes: this.#complaints.list.length,
      ...places,
      segments: Uint8Array.from({ length: count }, (_, i) => this.#segments[i] ?? this.#options.segments.length),
      segmentCount: this.#options.segments.length,
      ...this.#observed(),
    };
    return {
      log,
      grievances: this.#grievances.list,
      complaints: this.#complaints.list,
      customers: this.#customers.list,
      told: { events: size, ...this.#told, regions: level },
    };
  }

  /** The agent's category where it is a leaf of the pack, else the reading's. */
  #categoryOf({ recorded, read }: EventRow): string | null {
    if (recorded !== null) {
      let leaf = this.#recordedLeaves.get(recorded);
      if (leaf === undefined) {
        leaf = this.#options.leafOf(recorded);
        this.#recordedLeaves.set(recorded, leaf);
      }
      if (leaf !== null) {
        this.#told.recorded++;
        return leaf;
      }
    }
    this.#told[read === null ? 'unmapped' : 'read']++;
    return read;
  }

  #meet(): void {
    this.#home.push({ district: null, city: null });
    this.#segments.push(this.#options.segments.length);
    this.#since.push(null);
    this.#until.push(null);
  }

  #regions(): Pick<EventLog, 'regions' | 'regionCount' | 'coarserRegions'> & { readonly level: 'district' | 'city' } {
    const [first, last] = this.#ends();
    const days = Math.ceil((last - first) / 1440) + 2;
    const cities = new NumberedNames();
    const cityOf = Uint16Array.from(this.#home, ({ city }) => cities.numberOf(city ?? ''));
    const districts = new NumberedNames();
    const districtOf = Uint16Array.from(this.#home, ({ district, city }) => districts.numberOf(district ?? city ?? ''));
    const cells = districts.list.length * Math.max(1, this.#complaints.list.length) * days;
    if (cells > MOST_CELLS || districts.list.length >= 65_536)
      return { regions: cityOf, regionCount: Math.max(1, cities.list.length), level: 'city' };
    const coarserRegions = new Uint16Array(Math.max(1, districts.list.length));
    districtOf.forEach((district, customer) => (coarserRegions[district] = cityOf[customer] as number));
    return { regions: districtOf, regionCount: coarserRegions.length, coarserRegions, level: 'district' };
  }

  #ends(): readonly [number, number] {
    let [first, last] = [0, 0];
    for (let i = 0; i < this.#size; i++) {
      const at = this.#at[i] as number;
      if (i === 0 || at < first) first = at;
      if (i === 0 || at > last) last = at;
    }
    return [first, last];
  }

  /** Who joined late or left early was not there the whole time; but whoever spoke was there. */
  #observed(): Pick<EventLog, 'observedFrom' | 'observedBefore'> {
    const [first, last] = this.#ends();
    const from = midnight(first);
    const before = midnight(last) + 1440;
    if (!this.#since.some((at) => at !== null && at > from) && !this.#until.some((at) => at !== null && at < before)) return {};
    const observedFrom = Int32Array.from(this.#since, (at) => Math.min(Math.max(at ?? from, from), before));
    const observedBefore = Int32Array.from(this.#until, (at) => Math.max(Math.min(at ?? before, before), from));
    for (let i = 0; i < this.#size; i++) {
      const [customer, at] = [this.#who[i] as number, this.#at[i] as number];
      if (at < (observedFrom[customer] as number)) observedFrom[customer] = at;
      if (at >= (observedBefore[customer] as number)) observedBefore[customer] = at + 1;
    }
    return { observedFrom, observedBefore };
  }

  #grow(): void {
    const size = this.#at.length * 2;
    const into = <T extends Uint32Array | Int32Array | Uint16Array | Uint8Array | Float64Array>(fresh: T, old: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.#who = into(new Uint32Array(size), this.#who);
    this.#at = into(new Int32Array(size), this.#at);
    this.#type = into(new Uint16Array(size), this.#type);
    this.#kind = into(new Uint8Array(size), this.#kind);
    this.#text = into(new Uint32Array(size), this.#text);
    this.#voice = into(new Float64Array(size), this.#voice);
  }
}

const midnight = (minute: number): number => Math.floor(minute / 1440) * 1440;
