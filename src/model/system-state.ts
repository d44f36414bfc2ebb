export const CHECKS = ['postgres', 'migrations', 'warehouse', 'queue', 'ticks', 'disk'] as const;
export type CheckName = (typeof CHECKS)[number];

export interface Check {
  readonly ok: boolean;
  readonly detail: string;
}

export interface Health {
  readonly ready: boolean;
  /** Why not, one sentence each; empty when ready. */
  readonly reasons: readonly string[];
  readonly checks: Readonly<Record<CheckName, Check>>;
  /** Until when the warehouse holds everything committed; null before it first followed. */
  readonly warehouse_as_of: string | null;
}

/** A job that failed for good; what it was about stays in the queue. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  readonly failedAt: string;
  readonly attempts: number;
  readonly error: string;
}

/** A job that runs by itself. */
export interface Tick {
  readonly queue: string;
  readonly every_seconds: number;
  readonly silent_seconds: number;
  readonly running: boolean;
  readonly stalled: boolean;
  /** What the last run said when it failed. */
  readonly failed: string | null;
}

export type DiskState = 'enough' | 'low' | 'full';
export interface Disk {
  readonly free_bytes: number;
  readonly total_bytes: number;
  readonly state: DiskState;
}

/** The process and its machine; pauses of the event loop are those of the last half to whole minute. */
export interface ProcessState {
  readonly pid: number;
  readonly node: string;
  readonly uptime_seconds: number;
  readonly memory: {
    readonly rss_bytes: number;
    readonly heap_bytes: number;
    readonly heap_total_bytes: number;
    readonly machine_free_bytes: number;
    readonly machine_bytes: number;
  };
  readonly loop: { readonly p50_ms: number; readonly p99_ms: number; readonly max_ms: number };
}

/** Everything that who runs the machine wants to see on one page. A part that could not be looked at is null: the checks say why. */
export interface SystemState {
  readonly health: Health;
  readonly about: { readonly version: string; readonly database: 'embedded' | 'external'; readonly process: ProcessState };
  readonly postgres: {
    readonly version: string;
    readonly bytes: number;
    readonly connections: number;
    readonly max_connections: number;
    readonly oldest_transaction_seconds: number;
    readonly clock_skew_ms: number;
  } | null;
  readonly warehouse: {
    readonly engine: string;
    readonly rows: number;
    readonly as_of: string | null;
    readonly lag_seconds: number | null;
    readonly parity: { readonly at: string; readonly ok: boolean; readonly voices: number; readonly differences: number } | null;
  } | null;
  readonly queue: {
    readonly depth: Readonly<Record<string, number>>;
    readonly dead: readonly DeadLetter[];
    readonly oldest_seconds: number | null;
    readonly beat_seconds: number | null;
  } | null;
  readonly ticks: readonly Tick[];
  readonly mail: {
    readonly configured: boolean;
    readonly waiting: number;
    readonly overdue: number;
    readonly failed: number;
    readonly suppressed: number;
    readonly delivered: number;
    readonly oldest_due: string | null;
  } | null;
  readonly disk: Disk | null;
  readonly backup: Readonly<Record<string, unknown>> | null;
  readonly reader: {
    readonly version: string;
    readonly pack: string;
    readonly pack_version: string;
    readonly leaves: number;
    readonly trained_at: string | null;
  } | null;
}
