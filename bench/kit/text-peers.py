"""Three scikit-learn pipelines on the rows, labels and folds that stand in the file named first. One JSON object per line."""

import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

task = json.load(open(sys.argv[1], encoding="utf-8"))
texts, labels, folds = task["texts"], task["labels"], task["folds"]


def words():
    if task["spaced"]:
        return "whitespace words", dict(analyzer="word", token_pattern=r"(?u)\S+", lowercase=True)
    try:
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        return "jieba words", dict(analyzer=lambda text: [w for w in jieba.cut(text.lower()) if not w.isspace()])
    except ImportError:
        return "characters as words (no jieba here)", dict(analyzer="char", ngram_range=(1, 1))


def pipeline(how):
    return make_pipeline(TfidfVectorizer(sublinear_tf=True, **how), LinearSVC())


PIPELINES = [
    words(),
    ("characters 1–2", dict(analyzer="char", ngram_range=(1, 2), lowercase=True)),
    ("characters 1–3", dict(analyzer="char", ngram_range=(1, 3), lowercase=True)),
]
# For speed alone the slowest to learn and one fold are enough.
only_speed = len(sys.argv) > 2
for name, how in PIPELINES[2:] if only_speed else PIPELINES:
    right = rows = 0
    spent = 0.0
    for fold in sorted(f for f in set(folds) if f >= 0)[: 1 if only_speed else None]:
        train = [i for i, f in enumerate(folds) if f != fold]
        test = [i for i, f in enumerate(folds) if f == fold]
        model = pipeline(how).fit([texts[i] for i in train], [labels[i] for i in train])
        heard = [texts[i] for i in test]
        begin = time.process_time()
        guess = model.predict(heard)
        spent += time.process_time() - begin
        right += sum(g == labels[i] for g, i in zip(guess, test))
        rows += len(test)
    print(json.dumps({"name": name, "accuracy": right / rows, "per_second": rows / spent}, ensure_ascii=False), flush=True)
