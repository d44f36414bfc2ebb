import { cpus } from 'node:os';
import { ensureWebBuilt } from './build-web.ts';
import { CHECKS, passes } from './steps.ts';
import { runVitest } from './run-vitest.ts';

/**
 * `npm test`: format, lint, types, then every test (the golden files and schema.sql are compared by tests too).
 * `npm run check`: the same without what needs a database, a browser or minutes.
 * `--database`: only the tests that need Postgres, for a server named by VOXLOOP_TEST_DATABASE_URL.
 * The last line of the output is the count, alone; the line before says how long all of it took, and how busy the machine was
 * meanwhile: well below 100 %, more tests could run side by side.
 */
const [mode = ''] = process.argv.slice(2);
const projects: Readonly<Record<string, readonly string[]>> = {
  '': [],
  '--quick': ['--project=plain'],
  '--database': ['--project=database'],
};
const chosen = projects[mode];
if (chosen === undefined) {
  console.error(`Unknown option ${mode}: give none, --quick or --database.`);
  process.exit(2);
}

/** Milliseconds that the processors worked and rested since the machine started. */
function processorMs(): { readonly busy: number; readonly all: number } {
  const times = cpus().map((one) => one.times);
  const all = times.flatMap((time) => Object.values(time)).reduce((sum, ms) => sum + ms, 0);
  return { busy: all - times.reduce((sum, { idle }) => sum + idle, 0), all };
}

const began = performance.now();
const before = processorMs();
const checks = mode === '--database' ? [] : CHECKS.map((step) => ({ step, passed: passes(step) }));
// Once, before tests side by side ask for it.
if (mode !== '--quick') await ensureWebBuilt(console.log);
const tests = runVitest(chosen);
const bad = checks.filter((check) => !check.passed);
for (const { step } of bad) console.log(`Failed: ${step.name}: ${step.wayOut}`);
for (const { test, why } of tests.failures) console.log(`Failed: ${test}: ${why}`);
const reasons = Map.groupBy(tests.skipped, (skip) => skip.why);
for (const [why, skips] of reasons) {
  console.log(`Skipped (${why}):`);
  for (const skip of skips) console.log(`  ${skip.test}`);
}
const failed = tests.failed + bad.length;
const after = processorMs();
const busy = Math.round((100 * (after.busy - before.busy)) / (after.all - before.all));
console.log(`${((performance.now() - began) / 1_000).toFixed(1)} s in all, processors ${busy} % busy`);
console.log(`${tests.passed + checks.length - bad.length} passed, ${failed} failed, ${tests.skipped.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
