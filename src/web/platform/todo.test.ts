import { describe, expect, it } from 'vitest';
import type { SystemState } from '../../model/system-state.ts';
import { todosOf } from './todo.ts';

const ok = { ok: true, detail: '' };
const WELL: SystemState = {
  health: {
    ready: true,
    reasons: [],
    checks: { postgres: ok, migrations: ok, warehouse: ok, queue: ok, ticks: ok, disk: ok },
    warehouse_as_of: null,
  },
  about: {
    version: '1',
    database: 'embedded',
    process: {
      pid: 1,
      node: 'v24',
      uptime_seconds: 9,
      memory: { rss_bytes: 1, heap_bytes: 1, heap_total_bytes: 1, machine_free_bytes: 1, machine_bytes: 1 },
      loop: { p50_ms: 0, p99_ms: 3, max_ms: 40 },
    },
  },
  postgres: { version: '18', bytes: 1, connections: 9, max_connections: 60, oldest_transaction_seconds: 0, clock_skew_ms: 0 },
  warehouse: { engine: 'duckdb', rows: 5, as_of: null, lag_seconds: 1, parity: null },
  queue: { depth: {}, dead: [], oldest_seconds: null, beat_seconds: 2 },
  ticks: [],
  mail: { configured: false, waiting: 0, overdue: 0, failed: 0, suppressed: 3, delivered: 0, oldest_due: null },
  disk: { free_bytes: 9e9, total_bytes: 1e11, state: 'enough' },
  backup: null,
  reader: null,
};
const whats = (state: SystemState) => todosOf(state, String).map((todo) => todo.what);

describe('what somebody should do about the machine', () => {
  it('is nothing while everything runs', () => {
    expect(whats(WELL)).toEqual([]);
  });
  it('begins with what stands still', () => {
    const checks = { ...WELL.health.checks, ticks: { ok: false, detail: 'warn.evaluate silent for 70 s' } };
    const todos = todosOf({ ...WELL, health: { ...WELL.health, ready: false, checks }, mail: { ...WELL.mail!, failed: 2 } }, String);
    expect(todos.map((todo) => [todo.what, todo.urgent])).toEqual([
      ['ticks', true],
      ['mailFailed', false],
    ]);
    expect(todos[0]?.values).toEqual({ names: 'warn.evaluate silent for 70 s' });
  });
  it('names each limit that is passed', () => {
    expect(whats({ ...WELL, disk: { ...WELL.disk!, state: 'low' } })).toEqual(['diskLow']);
    expect(whats({ ...WELL, warehouse: { ...WELL.warehouse!, lag_seconds: 61 } })).toEqual(['lag']);
    expect(
      whats({ ...WELL, postgres: { ...WELL.postgres!, oldest_transaction_seconds: 301, connections: 58, clock_skew_ms: -2500 } }),
    ).toEqual(['oldTransaction', 'connections', 'skew']);
  });
  it('is silent about parts that could not be looked at: their checks speak', () => {
    expect(whats({ ...WELL, postgres: null, warehouse: null, queue: null, mail: null, disk: null, reader: null })).toEqual([]);
  });
});
