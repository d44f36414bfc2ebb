import type { Sheet } from '../models/sheet.ts';
import { analyseScores, type ScoreOptions } from './analyse-scores.ts';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';

yieldToOthers();
const { sheet, options } = given as { readonly sheet: Sheet; readonly options: ScoreOptions };
asker.postMessage(analyseScores(sheet, options));
