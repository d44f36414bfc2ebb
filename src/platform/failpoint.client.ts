/** Places at which a test lets the program die as if the power went: between two steps that must stand or fall together. */
export const FAILPOINTS = [
  'import.chunk',
  'import.chunk.committed',
  'intake.commit',
  'intake.committed',
  'read.chunk',
  'follow.chunk',
  'follow.mirror',
  'rules.evaluate',
  'order.action',
  'outbox.send',
  'outbox.sent',
  'backup.section',
  'backup.written',
  'restore.section',
  'restore.loaded',
  'migration.file',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

let armed: { readonly name: Failpoint; left: number } | null = null;

/** `NAME:N`: the program kills itself when it comes to the place for the N-th time. Said once, when the process begins. */
export function armFailpoint(spec: string | null): void {
  if (spec === null) return;
  const [name, count = '1'] = spec.split(':');
  const known = FAILPOINTS.find((one) => one === name);
  if (known === undefined || !(Number(count) >= 1)) throw new Error(`There is no failpoint "${spec}"; there are ${FAILPOINTS.join(', ')}.`);
  armed = { name: known, left: Number(count) };
}

/** Nothing at all, unless a test armed this place. */
export function failpoint(name: Failpoint): void {
  if (armed === null || armed.name !== name || --armed.left > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal comes in a moment; not one statement more runs until then.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
