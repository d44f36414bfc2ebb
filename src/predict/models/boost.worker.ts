import { parentPort, workerData } from 'node:worker_threads';
import type { FeatureTable } from '../../maths/features.ts';
import type { BoostOptions } from '../../maths/gbdt/boost-options.ts';
import { serialise } from '../../maths/gbdt/serialise-trees.ts';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { trainWithHelpers } from './boost-crew.client.ts';

export interface BoostTask {
  readonly table: FeatureTable;
  readonly labels: Uint8Array;
  readonly options: BoostOptions;
  readonly threads: number;
  readonly rows?: Uint32Array;
}

yieldToOthers();
const { table, labels, options, ...crew } = workerData as BoostTask;
const onTree = (done: number): void => parentPort?.postMessage({ done });
parentPort?.postMessage({ model: serialise(trainWithHelpers(table, labels, options, { ...crew, onTree })) });
