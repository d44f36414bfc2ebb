import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** A check that is no test: passes or fails as a whole. */
export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What to do when it fails. */
  readonly wayOut: string;
}

const bin = (name: string): string => join(ROOT, 'node_modules', '.bin', name);

export const CHECKS: readonly Step[] = [
  { name: 'format', command: [bin('oxfmt'), '--check'], wayOut: 'npm run format' },
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--quiet'], wayOut: 'see the lines above' },
  { name: 'types of the server', command: [bin('tsc'), '-p', 'tsconfig.json'], wayOut: 'see the lines above' },
  {
    name: 'types of plain files',
    command: [bin('tsc'), '-p', 'tsconfig.pure.json'],
    wayOut: 'a plain file may not use what the server or the browser has',
  },
  { name: 'types of the web', command: [bin('tsc'), '-p', 'tsconfig.web.json'], wayOut: 'see the lines above' },
];

/** Runs one and prints a line, and its own words only when it fails. */
export function passes(step: Step): boolean {
  const began = performance.now();
  const [command, ...args] = step.command;
  // The tools' first lines ask for "node": ours, not the machine's.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}` };
  const done = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26, env });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  if (done.status === 0) {
    console.log(`ok      ${step.name} (${seconds} s)`);
    return true;
  }
  console.log(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trimEnd());
  console.log(`FAILED  ${step.name} (${seconds} s): ${step.wayOut}`);
  return false;
}
