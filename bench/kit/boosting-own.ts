import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rocAuc } from '../../src/maths/roc.ts';
import { everyRow } from '../../src/maths/features.ts';
import { boostedMargins } from '../../src/maths/gbdt/boosted-margins.ts';
import type { BoostOptions } from '../../src/maths/gbdt/boost-options.ts';
import { logLoss } from '../../src/maths/gbdt/held-out.ts';
import { treeShap } from '../../src/maths/gbdt/tree-shap.ts';
import { trainWithHelpers } from '../../src/predict/models/boost-crew.client.ts';
import { tableOf } from './boosting-world.ts';
import { spent } from './spent.ts';

/** One training of ours in a process of its own, so that its memory can be told: FOLDER THREADS ROWS OPTIONS */
const [folder = '', threads = '1', rows = '0', options = '{}'] = process.argv.slice(2);
const bytes = readFileSync(join(folder, 'values.f32'));
const table = tableOf(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4));
const labels = new Uint8Array(readFileSync(join(folder, 'labels.u8')));
const learnt = everyRow(table.rows).subarray(0, Number(rows));
const unseen = everyRow(table.rows).subarray(Number(rows));
const training = await spent(async () =>
  trainWithHelpers(table, labels, JSON.parse(options) as BoostOptions, { threads: Number(threads), rows: learnt }),
);
const peak = process.resourceUsage().maxRSS * 1024;
const scoring = await spent(async () => boostedMargins(training.result, table, unseen));
const one = await spent(async () =>
  unseen.subarray(0, 200).forEach((_, i) => boostedMargins(training.result, table, unseen.subarray(i, i + 1))),
);
const effects = await spent(async () => unseen.subarray(0, 50).forEach((row) => treeShap(training.result, table, row)));
const truth = labels.subarray(Number(rows));
console.log(
  JSON.stringify({
    seconds: training.ms / 1000,
    cpu: training.cpuMs / 1000,
    auc: rocAuc(scoring.result, truth),
    log_loss: scoring.result.reduce((sum, margin, i) => sum + logLoss(margin, truth[i] as number), 0) / truth.length,
    rows_per_cpu_second: unseen.length / (scoring.cpuMs / 1000),
    one_row_ms: one.cpuMs / 200,
    effects_ms: effects.cpuMs / 50,
    peak_mb: peak / 2 ** 20,
  }),
);
