import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Clears what an earlier run left behind in a cluster: a server that outlived us (we were killed), or a `postmaster.pid`
 * whose number now belongs to somebody else (the machine restarted), at which PostgreSQL would refuse to start.
 * The caller holds the home, so nobody else can be using this server. Takes at most about five seconds.
 */
export async function clearLeftovers(cluster: string, say: (text: string) => void): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const noted = notedPid(pidFile);
  if (processesIn(cluster, noted).length > 0) {
    say('A database server of an earlier run is still there; stopping it.');
    const steps: readonly (readonly [NodeJS.Signals, number])[] = [
      ['SIGINT', 2_500],
      ['SIGQUIT', 1_500],
      ['SIGKILL', 1_000],
    ];
    for (const [signal, patience] of steps) {
      const left = processesIn(cluster, noted);
      const targets = signal === 'SIGKILL' || noted === null || !left.includes(noted) ? left : [noted];
      for (const pid of targets) sendSignal(pid, signal);
      if (await emptied(cluster, noted, patience)) break;
    }
  }
  if (processesIn(cluster, noted).length === 0) rmSync(pidFile, { force: true });
}

/** Waits until no process of the server is left: its log writer and workers end a moment after the postmaster. */
export async function emptied(cluster: string, noted: number | null, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 25) {
    if (processesIn(cluster, noted).length === 0) return true;
    await sleep(25);
  }
  return false;
}

function notedPid(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Every process of a server works in the cluster's directory; where there is no /proc, the noted one must be a postgres. */
export function processesIn(cluster: string, noted: number | null): readonly number[] {
  if (process.platform !== 'linux') {
    if (noted === null) return [];
    const name = spawnSync('ps', ['-o', 'comm=', '-p', String(noted)], { encoding: 'utf8' }).stdout ?? '';
    return name.includes('postgres') ? [noted] : [];
  }
  const here = realpathSync(cluster);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingDirectory(name) === here)
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

function workingDirectory(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone in the meantime.
  }
}
