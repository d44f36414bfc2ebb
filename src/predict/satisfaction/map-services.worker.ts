import { parentPort, workerData } from 'node:worker_threads';
import { mapServices, type MappingTask } from './mapping.ts';

parentPort?.postMessage((workerData as readonly MappingTask[]).map(mapServices));
