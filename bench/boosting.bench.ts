import { rocAuc } from '../src/maths/roc.ts';
import { everyRow } from '../src/maths/features.ts';
import { stratifiedFolds } from '../src/maths/folds.ts';
import { CAREFUL, type BoostOptions } from '../src/maths/gbdt/boost-options.ts';
import { boostedMargins } from '../src/maths/gbdt/boosted-margins.ts';
import { logLoss } from '../src/maths/gbdt/held-out.ts';
import { trainBoosted } from '../src/maths/gbdt/train-boosted.ts';
import { logisticMargins, trainLogistic } from '../src/maths/logistic.ts';
import { inFolder, ours, peer, peerOverFolds, writeWorld, type Trained } from './kit/boosting-peers.ts';
import { boostingWorld } from './kit/boosting-world.ts';
import { churnSet, oneHot, type ChurnSet } from './kit/churn-set.ts';
import { printMachine, printTable, whole } from './kit/report.ts';

/** Boosting beside XGBoost's hist on the same rows in the same run: `npm run bench boosting [speed [ROWS [TREES]] | churn]`. */
const [part, rowsWanted = '1000000', treesWanted = '100'] = process.argv.slice(2);
const UNSEEN = 200_000;
printMachine('boosting');
if (part !== 'churn') speed(Number(rowsWanted), Number(treesWanted));
if (part !== 'speed') await churn();

function speed(rows: number, trees: number): void {
  const options: BoostOptions = { trees, depth: 6, rate: 0.1, lambda: 1, minHessian: 1, bins: 255, rowShare: 1, columnShare: 1, seed: 1 };
  const world = boostingWorld(rows + UNSEEN, 7);
  const best = rocAuc(world.truth.subarray(rows), world.labels.subarray(rows));
  console.log(
    `${whole(rows)} rows × 40 columns, ${trees} trees of depth 6 at rate .1, 256 bins; AUC on ${whole(UNSEEN)} other rows (the true odds have ${best.toFixed(4)}):\n`,
  );
  inFolder((folder) => {
    writeWorld(folder, world);
    const runs = [1, 2].flatMap((threads) => [
      { name: `voxloop, ${threads} thread${threads > 1 ? 's' : ''}`, found: ours(folder, threads, rows, options) },
      { name: `XGBoost hist, ${threads} thread${threads > 1 ? 's' : ''}`, found: peer(folder, threads, rows, options) },
    ]);
    const ratio = (i: number, of: (found: Trained) => number): string => {
      const [own, other] = [runs[i]?.found, runs[i + 1]?.found];
      return typeof own === 'object' && typeof other === 'object' ? (of(own) / of(other)).toFixed(2) : '';
    };
    printTable(
      ['way', 'seconds', 'CPU s', 'seconds ÷ XGBoost', 'CPU s ÷ XGBoost', 'AUC', 'log loss', 'scored rows per CPU s', 'peak MB'],
      runs.map(({ name, found }, i) => {
        if (typeof found === 'string') return [name, `skipped: ${found}`, '', '', '', '', '', '', '', ''];
        const first = i % 2 === 0;
        return [
          name,
          found.seconds.toFixed(1),
          found.cpu.toFixed(1),
          first ? ratio(i, (f) => f.seconds) : '',
          first ? ratio(i, (f) => f.cpu) : '',
          found.auc.toFixed(4),
          found.log_loss.toFixed(4),
          whole(found.rows_per_cpu_second),
          whole(found.peak_mb),
        ];
      }),
    );
    const alone = runs[0]?.found;
    if (typeof alone !== 'object') return;
    console.log(`\nOne row alone: ${alone.one_row_ms?.toFixed(2)} ms; its effects by TreeSHAP: ${alone.effects_ms?.toFixed(2)} ms (CPU).`);
  });
}

async function churn(): Promise<void> {
  const set = await churnSet();
  if (set === null) return console.log('\nchurn-telco-ibm is not here: set VOXLOOP_DATA to the folder that holds it.');
  const repeats = [1, 2, 3].map((seed) => stratifiedFolds(set.labels, set.groups, 5, seed));
  const boosted = repeats.map((folds, i) => outOfFold(folds, (learnt, test) => careful(set, learnt, test, i)));
  const logistic = repeats.map((folds) =>
    outOfFold(folds, (learnt, test) => logisticMargins(trainLogistic(set.table, set.labels, { lambda: 1 }, learnt), set.table, test)),
  );
  const found = inFolder((folder) => {
    writeWorld(folder, { values: oneHot(set), labels: set.labels });
    return peerOverFolds(folder, repeats);
  });
  console.log(
    `\nchurn-telco-ibm, ${whole(set.table.rows)} rows, pooled predictions of 5 folds, mean of 3 repetitions, the same folds for all:\n`,
  );
  const rows = [
    ['voxloop boosting, trees by inner validation', boosted],
    ['voxloop logistic', logistic],
    ...(typeof found === 'string'
      ? []
      : [
          [
            `XGBoost, best of 16 on these very folds: ${found.name}`,
            found.scores.map((p) => Float64Array.from(p, (x) => Math.log(x / (1 - x)))),
          ] as const,
        ]),
  ] as const;
  printTable(
    ['way', 'AUC', 'log loss', 'ECE, 10 bins of equal frequency'],
    rows.map(([name, all]) => [
      name,
      ...[rocAuc, meanLoss, ece].map((measure) => (all.reduce((sum, m) => sum + measure(m, set.labels), 0) / all.length).toFixed(4)),
    ]),
  );
  if (typeof found === 'string') console.log(`\nXGBoost skipped: ${found}`);
}

function outOfFold(folds: Int32Array, score: (learnt: Uint32Array, test: Uint32Array) => Float64Array): Float64Array {
  const margins = new Float64Array(folds.length);
  for (let fold = 0; fold < 5; fold++) {
    const test = everyRow(folds.length).filter((row) => folds[row] === fold);
    const learnt = everyRow(folds.length).filter((row) => folds[row] !== fold);
    score(learnt, test).forEach((margin, i) => (margins[test[i] as number] = margin));
  }
  return margins;
}

/** A fifth of the learning rows says how many trees; then all of them are learnt from. */
function careful({ table, labels, groups }: ChurnSet, learnt: Uint32Array, test: Uint32Array, seed: number): Float64Array {
  const inner = stratifiedFolds(
    Array.from(learnt, (row) => labels[row] as number),
    Array.from(learnt, (row) => groups[row] as number),
    5,
    seed + 10,
  );
  const options: BoostOptions = { ...CAREFUL, trees: 500, rowShare: 0.8, columnShare: 0.5, seed: seed + 1 };
  const stop = { rows: learnt.filter((_, i) => inner[i] === 0), patience: 30 };
  const { trees } = trainBoosted(table, labels, { ...options, stop }, learnt);
  return boostedMargins(trainBoosted(table, labels, { ...options, trees: trees.length }, learnt), table, test);
}

function meanLoss(margins: Float64Array, labels: Uint8Array): number {
  return margins.reduce((sum, margin, i) => sum + logLoss(margin, labels[i] as number), 0) / margins.length;
}

function ece(margins: Float64Array, labels: Uint8Array): number {
  const order = everyRow(margins.length).toSorted((a, b) => (margins[a] as number) - (margins[b] as number));
  let sum = 0;
  for (let bin = 0; bin < 10; bin++) {
    const rows = order.subarray(Math.floor((bin * order.length) / 10), Math.floor(((bin + 1) * order.length) / 10));
    sum += Math.abs(rows.reduce((off, row) => off + 1 / (1 + Math.exp(-(margins[row] as number))) - (labels[row] as number), 0));
  }
  return sum / order.length;
}
