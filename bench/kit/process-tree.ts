import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all its descendants (PostgreSQL and its backends among them) have used. Linux only: it reads /proc. */
export interface TreeUse {
  readonly peakMb: number;
  readonly cpuSeconds: number;
  /** CPU seconds by kind of process, largest first: `node 41.2, postgres 30.1`. */
  readonly perName: string;
}

const TICKS_PER_SECOND = 100;

/**
 * Samples memory and CPU until `stop`. Memory is the sum of PSS, which counts a page shared by n processes 1/n times in each, so
 * PostgreSQL's shared buffers are counted once. CPU is each process's last reading: one that ends between two samples loses at most that.
 */
export function watchTree(root: number, everyMs = 200): { stop(): TreeUse } {
  // Adding up a process's pages holds up its page faults: not five times a second.
  const memoryEvery = Math.ceil(1_000 / everyMs);
  let samples = 0;
  const cpu = new Map<number, { name: string; seconds: number }>();
  let peakKb = 0;
  const sample = (): void => {
    let kb = 0;
    const weighs = samples++ % memoryEvery === 0;
    for (const { pid, name, seconds } of treeOf(root)) {
      cpu.set(pid, { name, seconds });
      if (weighs) kb += pssKb(pid);
    }
    peakKb = Math.max(peakKb, kb);
  };
  sample();
  const began = new Map([...cpu].map(([pid, { seconds }]) => [pid, seconds]));
  const timer = setInterval(sample, everyMs);
  return {
    stop() {
      clearInterval(timer);
      sample();
      const names = new Map<string, number>();
      for (const [pid, { name, seconds }] of cpu) names.set(name, (names.get(name) ?? 0) + seconds - (began.get(pid) ?? 0));
      const sorted = [...names].sort((a, b) => b[1] - a[1]).filter(([, seconds]) => seconds >= 0.1);
      return {
        peakMb: Math.round(peakKb / 1024),
        cpuSeconds: sorted.reduce((sum, [, seconds]) => sum + seconds, 0),
        perName: sorted.map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', '),
      };
    },
  };
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly seconds: number;
}

/** The processes of a tree that live now, `root` first. */
export function treeOf(root: number): readonly Stat[] {
  const children = Map.groupBy(allProcesses(), (stat) => stat.parent);
  const found = [...children.values()].flat().filter((stat) => stat.pid === root);
  for (const one of found) found.push(...(children.get(one.pid) ?? []));
  return found;
}

function allProcesses(): readonly Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const text = read(`/proc/${pid}/stat`);
      const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(text) ?? [];
      const fields = rest.split(' ');
      // Fields 4, 14 and 15 of proc(5): the parent, and user and system time.
      return text === ''
        ? []
        : [
            {
              pid: Number(pid),
              parent: Number(fields[1]),
              name: plainName(name),
              seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
            },
          ];
    });
}

const plainName = (name: string): string => (/^node|^MainThread/.test(name) ? 'node' : name);

function pssKb(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
