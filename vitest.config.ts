import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/kit/longest-first.ts';

const DATABASE = ['**/*.sql.test.ts', '**/*.job.test.ts', '**/*.routes.test.ts'];
const ELSEWHERE = ['**/node_modules/**', '**/dist/**', '**/.voxloop/**'];
/** On a server of somebody else there is nothing to find out about ours. */
const OURS = process.env.VOXLOOP_TEST_DATABASE_URL ? ['**/embedded.sql.test.ts'] : [];
const shared = ['./test/kit/run-dir-setup.ts', './test/kit/postgres-setup.ts'];
/** Whatever asks for `__proto__` of an object fails at once: no text of an attacker may ever reach a prototype. */
const NO_PROTO = ['--disable-proto=throw'];

/** Nothing is global and nothing is mocked, so files may share a process: measured ten times faster than isolated ones. */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false,
    // Vitest would leave a processor idle, which of two is half of them.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // Whoever waits for something waits for it on a busy machine, too.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          execArgv: NO_PROTO,
          include: ['{src,test,scenarios,bench,scripts}/**/*.test.{ts,tsx}'],
          exclude: [...ELSEWHERE, ...DATABASE, 'test/journeys/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          execArgv: NO_PROTO,
          include: DATABASE.map((pattern) => `{src,test}/${pattern}`),
          exclude: [...ELSEWHERE, ...OURS, 'test/journeys/**'],
          globalSetup: shared,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // End to end: each with a server, a browser or child processes of its own. Most of them wait more than they work, so two at once.
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          exclude: ELSEWHERE,
          globalSetup: shared,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
