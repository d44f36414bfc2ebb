import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';

// For files that run as a thread of `startThread`: who asked for it, and what it was started with.
export const asker = workerData as MessagePort;
export const given: unknown = (receiveMessageOnPort(asker) as { readonly message: unknown } | undefined)?.message;
