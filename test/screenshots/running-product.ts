import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../src/model/people.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningProduct {
  readonly base: string;
  /** One sign-in link per role, as the product prints them. */
  readonly links: ReadonlyMap<Role, string>;
  stop(): Promise<void>;
}

/** The product as `npm start` runs it, on a home that gets the sample province when it is empty. */
export async function startProduct(home: string): Promise<RunningProduct> {
  const child = spawn(join(ROOT, 'scripts/serve'), {
    cwd: ROOT,
    env: { ...process.env, VOXLOOP_HOME: home, VOXLOOP_PORT: '0', VOXLOOP_SAMPLE: 'province', VOXLOOP_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await untilLinks(child);
  const base = /http:\/\/[\d.:]+/.exec(said)?.[0] ?? '';
  const links = [...said.matchAll(/^ {2}([\w-]+) +\S+ +(http\S+)$/gm)].map((found) => [found[1] as Role, found[2] ?? ''] as const);
  const stop = async (): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  return { base, links: new Map(links), stop };
}

/** The links come last and together; a quiet second after the first one means that they are all there. */
async function untilLinks(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (part: Buffer) => {
    said += part.toString();
    process.stdout.write(part.toString().replaceAll(/^ {2}[\w-]+ +\S+ +http.*\n/gm, ''));
  });
  const gone = once(child, 'exit').then(() => true);
  for (let before = ''; ; before = said) {
    const ended = await Promise.race([gone, new Promise<false>((resolve) => setTimeout(() => resolve(false), 1_000))]);
    if (ended) throw new Error(`The product ended before it was ready:\n${said}`);
    if (said.includes('/signin?token=') && said === before) return said;
  }
}
