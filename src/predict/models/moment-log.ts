/**
 * What customers said, one entry each, by customer and time: what the probability of a complaint is foretold from.
 * One customer's own entries are a log as well, so that a live grievance goes through the very same code as a million old ones.
 */
export interface MomentLog {
  /** Entries of customer c: starts[c] … starts[c + 1]. */
  readonly starts: Uint32Array;
  /** Minutes since 1970 on the wall clock of the province, rising within a customer. */
  readonly minutes: Int32Array;
  /** See `GRIEVANCE`, `COMPLAINT`, `OTHER`. */
  readonly kinds: Uint8Array;
  /** Places in `names.category` and so on; −1 = not known. */
  readonly categories: Int32Array;
  readonly channels: Int32Array;
  readonly feelings: Int32Array;
  /** Days that the matter had lasted when it was told; NaN = not known. */
  readonly lasted: Float32Array;
  /** 1 the first contact solved it, 0 it did not, −1 not known. */
  readonly solved: Int8Array;
  /** The district in which it was said. */
  readonly regions: Int32Array;
  /** Ids of the voices. */
  readonly voices: Float64Array;
  readonly names: {
    readonly category: readonly string[];
    readonly channel: readonly string[];
    readonly feeling: readonly string[];
    readonly region: readonly string[];
  };
  readonly customers: readonly Subject[];
  /** Minute from which voices are on record at all, and before which everything is known. */
  readonly begin: number;
  readonly end: number;
}

/** What is known of a customer; null = not known. */
export interface Subject {
  readonly brand: string | null;
  readonly valueTier: string | null;
  readonly segment: string | null;
  readonly tenureMonths: number | null;
  readonly ageBand: string | null;
}

/** Grievances and faults. */
export const GRIEVANCE = 0;
export const COMPLAINT = 1;
export const OTHER = 2;

export const DAY = 1440;

/** What was going on around the customer in the day before. */
export interface Load {
  /** Grievances and complaints of this category in the same region. */
  readonly same: number;
  /** Of all categories. */
  readonly all: number;
}
