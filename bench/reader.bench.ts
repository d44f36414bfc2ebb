import { spawnSync } from 'node:child_process';
import { maskText } from '../src/model/masking.ts';
import { buildReader, defaultModel, trainReader } from '../src/understand/index.ts';
import { loadPack } from '../src/understand/load-pack.client.ts';

/** Reading, masking and training on one core: texts per CPU second, beside scikit-learn's TF-IDF + LinearSVC where it is installed. */
const pack = await loadPack();
const texts = pack.examples.map((e) => `你好，${e.text}，请尽快处理`);

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function rate(times: number, one: (text: string) => void): string {
  for (const text of texts) one(text);
  const seconds = cpuSeconds(() => {
    for (let i = 0; i < times; i++) for (const text of texts) one(text);
  });
  return `${Math.round((times * texts.length) / seconds).toLocaleString('en')} texts/s`;
}

const PEER = `
import sys, json, time
from sklearn.pipeline import make_pipeline
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
d = json.load(sys.stdin)
m = make_pipeline(TfidfVectorizer(analyzer='char', ngram_range=(1, 3), sublinear_tf=True), LinearSVC()).fit(d['texts'], d['labels'])
t = time.process_time(); n = 0
while time.process_time() - t < 3: m.predict(d['texts']); n += len(d['texts'])
print(f"{round(n / (time.process_time() - t)):,} texts/s")
`;

function peer(): string {
  const input = JSON.stringify({ texts, labels: pack.examples.map((e) => e.category) });
  const run = spawnSync('/usr/bin/python3', ['-c', PEER], { input, encoding: 'utf8' });
  if (run.status === 0) return run.stdout.trim();
  return `skipped: ${run.stderr?.trim().split('\n').at(-1) || run.error?.message || 'no python3'}`;
}

let model = defaultModel(pack, 1);
const learning = cpuSeconds(() => {
  model = defaultModel(pack, 1);
});
const reader = buildReader(pack, model, 'bench');
const rows = pack.examples.map((e) => ({ text: e.text, label: e.category }));
const training = cpuSeconds(() => {
  trainReader(rows, { seed: 1, nowMs: () => performance.now(), folds: 5 });
});
console.log(`first model, ${pack.examples.length} examples      ${learning.toFixed(2)} CPU s`);
console.log(`train, 5 folds                  ${training.toFixed(2)} CPU s`);
console.log(`read (terms, model, because)    ${rate(20, (text) => void reader.read(text))}`);
console.log(`mask                            ${rate(200, (text) => void maskText(text))}`);
console.log(`scikit-learn, category only     ${peer()}`);
