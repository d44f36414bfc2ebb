import { spawnSync, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** How PostgreSQL, which refuses to run as root, is run by us. */
export interface ServerUser {
  readonly kind: 'ourselves' | 'namespace' | 'other-user';
  /** Put before the command. */
  readonly prefix: readonly string[];
  readonly spawn: Pick<SpawnOptions, 'uid' | 'gid'>;
  /** Who owns the cluster's files, seen from outside. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

/**
 * An ordinary user runs it directly. Root prefers a user namespace in which it appears as an unprivileged user: outside
 * it is still root's process without root's powers, so it can enter a home below a directory that only root may enter.
 * Where namespaces are forbidden (some containers), the files are given to an unprivileged user instead.
 */
export function serverUser(): ServerUser {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const owner = { uid, gid };
  if (uid !== 0 && hasName()) return { kind: 'ourselves', prefix: [], spawn: {}, owner };
  const nobody = unprivileged();
  const prefix = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--'];
  const probe = spawnSync(prefix[0]!, [...prefix.slice(1), 'true'], { stdio: 'ignore' });
  if (probe.status === 0) return { kind: 'namespace', prefix, spawn: {}, owner };
  return uid === 0 ? otherUser(nobody) : { kind: 'ourselves', prefix: [], spawn: {}, owner };
}

export function otherUser(nobody: { readonly uid: number; readonly gid: number } = unprivileged()): ServerUser {
  return { kind: 'other-user', prefix: [], spawn: nobody, owner: nobody };
}

/** Gives `dir` to the owner that the server needs; throws when that user could not reach it or the programs. */
export function handOver(dir: string, user: ServerUser, programs: readonly string[]): void {
  const current = statSync(dir);
  if (current.uid !== user.owner.uid && process.getuid?.() === 0) chownTree(dir, user.owner);
  if (user.kind !== 'other-user') return;
  // The home itself stays closed for reading; only passing through is allowed.
  chmodSync(dirname(dir), statSync(dirname(dir)).mode | 0o011);
  const reach = 'cd "$1" && shift && for f; do test -x "$f" || exit 1; done';
  const probe = spawnSync('/bin/sh', ['-c', reach, 'sh', dir, ...programs], { ...user.spawn, cwd: '/', stdio: 'ignore' });
  if (probe.status === 0) return;
  throw new Error(
    `PostgreSQL does not run as root, and the unprivileged user ${user.owner.uid} cannot enter ${dir} or ${dirname(programs[0] ?? dir)}. ` +
      'Start Voxloop as an ordinary user, move it and its home (VOXLOOP_HOME) to a place that others may pass through, ' +
      'or set VOXLOOP_DATABASE_URL to a server.',
  );
}

/** initdb looks its user up by number and fails for one without a name. */
function hasName(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

function unprivileged(): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = lines.find((fields) => fields[0] === 'nobody') ?? lines.find((fields) => Number(fields[2]) > 0);
  return { uid: Number(found?.[2] ?? 65534), gid: Number(found?.[3] ?? 65534) };
}

function chownTree(path: string, owner: { readonly uid: number; readonly gid: number }): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chownSync(path, owner.uid, owner.gid);
  if (stat.isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), owner);
}
