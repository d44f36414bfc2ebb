import { CHECKS } from '../../model/system-state.ts';
import type { SystemState } from '../../model/system-state.ts';

/** Something that somebody should do about the machine: what it is, what to say, and how pressing. */
export interface Todo {
  readonly what:
    | `${(typeof CHECKS)[number]}`
    | 'diskLow'
    | 'dead'
    | 'mailFailed'
    | 'mailLate'
    | 'lag'
    | 'oldTransaction'
    | 'connections'
    | 'skew'
    | 'loop'
    | 'parity';
  readonly urgent: boolean;
  readonly values: Readonly<Record<string, string | number>>;
}

const LAG_SECONDS = 60;
const LONG_TRANSACTION_SECONDS = 300;
const SKEW_MS = 2000;
const PAUSE_MS = 1000;

/** What stalls first, then what will; nothing that nobody can act on. */
export function todosOf(state: SystemState, gigabytes: (bytes: number) => string): readonly Todo[] {
  const broken = CHECKS.filter((name) => !state.health.checks[name].ok).map((what): Todo => ({
    what,
    urgent: true,
    values: what === 'ticks' ? { names: state.health.checks.ticks.detail } : {},
  }));
  const soon: (Todo | false)[] = [
    state.disk?.state === 'low' && { what: 'diskLow', urgent: false, values: { free: gigabytes(state.disk.free_bytes) } },
    (state.queue?.dead.length ?? 0) > 0 && { what: 'dead', urgent: false, values: { count: state.queue?.dead.length ?? 0 } },
    (state.mail?.failed ?? 0) > 0 && { what: 'mailFailed', urgent: false, values: { count: state.mail?.failed ?? 0 } },
    (state.mail?.overdue ?? 0) > 0 && { what: 'mailLate', urgent: false, values: { count: state.mail?.overdue ?? 0 } },
    (state.warehouse?.lag_seconds ?? 0) > LAG_SECONDS && {
      what: 'lag',
      urgent: false,
      values: { seconds: state.warehouse?.lag_seconds ?? 0 },
    },
    state.warehouse?.parity?.ok === false && { what: 'parity', urgent: false, values: { count: state.warehouse.parity.differences } },
    (state.postgres?.oldest_transaction_seconds ?? 0) > LONG_TRANSACTION_SECONDS && {
      what: 'oldTransaction',
      urgent: false,
      values: { seconds: Math.round(state.postgres?.oldest_transaction_seconds ?? 0) },
    },
    state.postgres !== null &&
      state.postgres.connections > 0.9 * state.postgres.max_connections && {
        what: 'connections',
        urgent: false,
        values: { used: state.postgres.connections, most: state.postgres.max_connections },
      },
    Math.abs(state.postgres?.clock_skew_ms ?? 0) > SKEW_MS && {
      what: 'skew',
      urgent: false,
      values: { ms: Math.abs(state.postgres?.clock_skew_ms ?? 0) },
    },
    state.about.process.loop.max_ms > PAUSE_MS && {
      what: 'loop',
      urgent: false,
      values: { ms: Math.round(state.about.process.loop.max_ms) },
    },
  ];
  return [...broken, ...soon.filter((one) => one !== false)];
}
