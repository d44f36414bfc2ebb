import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVitest } from './run-vitest.ts';
import { ROOT } from './steps.ts';

/** `npm run golden`: writes every golden file and `migrations/schema.sql` anew, by running the tests that compare them. */
const files = globSync('{src,test,scenarios,bench}/**/*.test.{ts,tsx}', { cwd: ROOT, exclude: ['test/journeys/**'] }).filter((file) =>
  readFileSync(join(ROOT, file), 'utf8').includes('expectGolden('),
);
if (files.length === 0) console.log('No test compares a golden file.');
else process.exitCode = runVitest(files, { VOXLOOP_GOLDEN: 'write' }).failed === 0 ? 0 : 1;
