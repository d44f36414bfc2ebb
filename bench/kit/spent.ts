export interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
}

/** Wall and CPU time of this process (DuckDB's threads are in it). */
export async function spent<T>(work: () => Promise<T>): Promise<Spent & { readonly result: T }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - began, cpuMs: (user + system) / 1000, result };
}
