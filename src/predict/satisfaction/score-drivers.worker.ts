import { parentPort, workerData } from 'node:worker_threads';
import type { Sheet } from '../models/sheet.ts';
import { analyseScores, type ScoreOptions } from './analyse-scores.ts';

const { sheet, options } = workerData as { readonly sheet: Sheet; readonly options: ScoreOptions };
parentPort?.postMessage(analyseScores(sheet, options));
