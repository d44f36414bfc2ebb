import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run bench [NAME [ARG…]]`: one benchmark, or all of them one after the other, so that none disturbs another. */
const names = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => name.slice(0, -'.bench.ts'.length))
  .toSorted();
const [wanted, ...args] = process.argv.slice(2);
if (wanted !== undefined && !names.includes(wanted)) {
  console.error(`There is no benchmark "${wanted}"; there are ${names.join(', ')}.`);
  process.exit(2);
}
let exit = 0;
for (const name of wanted === undefined ? names : [wanted]) {
  console.log(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.bench.ts`), ...args], { stdio: 'inherit' });
  if (status !== 0) exit = 1;
}
process.exitCode = exit;
