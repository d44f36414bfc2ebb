"""XGBoost on the same rows: FOLDER THREADS ROWS TREES DEPTH RATE BINS, or FOLDER folds."""
import json
import resource
import sys
import time

import numpy
import xgboost


def auc(scores, labels):
    order = numpy.argsort(scores, kind="stable")
    ranks = numpy.empty(len(scores))
    ranks[order] = numpy.arange(1, len(scores) + 1)
    values, inverse, counts = numpy.unique(scores, return_inverse=True, return_counts=True)
    ends = numpy.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    ones = labels.sum()
    return float((ranks[labels == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(labels) - ones)))


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one(folder, threads, rows, trees, depth, rate, bins):
    threads, rows, trees = int(threads), int(rows), int(trees)
    labels = numpy.fromfile(f"{folder}/labels.u8", dtype=numpy.uint8)
    values = numpy.fromfile(f"{folder}/values.f32", dtype=numpy.float32).reshape(-1, len(labels)).T.copy()
    wall, cpu = time.perf_counter(), time.process_time()
    data = xgboost.DMatrix(values[:rows], label=labels[:rows], nthread=threads)
    model = xgboost.train(
        dict(objective="binary:logistic", tree_method="hist", max_depth=int(depth), eta=float(rate), max_bin=int(bins), base_score=float(labels[:rows].mean()), nthread=threads),
        data,
        trees,
    )
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    grown = peak()
    model.set_param({"nthread": 1})
    started = time.process_time()
    scores = model.inplace_predict(values[rows:])
    scoring = time.process_time() - started
    started = time.process_time()
    model.predict(xgboost.DMatrix(values[rows:], nthread=1))
    boxed = time.process_time() - started
    truth = labels[rows:]
    clipped = numpy.clip(scores.astype(float), 1e-12, 1 - 1e-12)
    loss = -numpy.mean(numpy.where(truth == 1, numpy.log(clipped), numpy.log(1 - clipped)))
    count = len(truth)
    found = dict(seconds=wall, cpu=cpu, auc=auc(scores, truth), log_loss=float(loss), rows_per_cpu_second=count / min(scoring, boxed), peak_mb=grown)
    print(json.dumps(found))


def folds(folder):
    """The best of a small grid by pooled AUC: depth 3, rate .05, number of trees and shares tuned on the answer itself."""
    labels = numpy.fromfile(f"{folder}/labels.u8", dtype=numpy.uint8)
    values = numpy.fromfile(f"{folder}/values.f32", dtype=numpy.float32).reshape(-1, len(labels)).T.copy()
    repeats = numpy.fromfile(f"{folder}/folds.i32", dtype=numpy.int32).reshape(-1, len(labels))
    counts = [100, 150, 200, 300]
    best = None
    for rows_share in (0.8, 1):
        for columns_share in (0.5, 1):
            scores = numpy.zeros((len(counts), len(repeats), len(labels)))
            for r, fold in enumerate(repeats):
                for f in range(fold.max() + 1):
                    data = xgboost.DMatrix(values[fold != f], label=labels[fold != f])
                    model = xgboost.train(
                        dict(objective="binary:logistic", tree_method="hist", max_depth=3, eta=0.05, subsample=rows_share, colsample_bytree=columns_share, nthread=1),
                        data,
                        counts[-1],
                    )
                    test = xgboost.DMatrix(values[fold == f])
                    for c, trees in enumerate(counts):
                        scores[c, r, fold == f] = model.predict(test, iteration_range=(0, trees))
            for c, trees in enumerate(counts):
                found = float(numpy.mean([auc(scores[c, r], labels) for r in range(len(repeats))]))
                if best is None or found > best["auc"]:
                    best = dict(auc=found, name=f"{trees} trees, rows {rows_share}, columns {columns_share}", scores=scores[c].tolist())
    print(json.dumps(best))


if sys.argv[2] == "folds":
    folds(sys.argv[1])
else:
    one(*sys.argv[1:])
