import type { MessagePort, ResourceLimits } from 'node:worker_threads';

/** What the foreman is told. Whoever asked and the thread talk through `port`, past him. */
export type ToForeman =
  | { readonly kind: 'start'; readonly id: number; readonly file: string; readonly memory?: ResourceLimits; readonly port: MessagePort }
  | { readonly kind: 'end'; readonly id: number };

/** A thread is gone; `error`: what it died of. */
export interface FromForeman {
  readonly id: number;
  readonly code: number;
  readonly error: Error | null;
}
