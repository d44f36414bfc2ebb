import { maskText } from '../src/model/masking.ts';
import type { Pack } from '../src/model/pack.ts';
import { softmax } from '../src/maths/calibration.ts';
import { scoreText, trainClassifier, Vectors, type TextClassifier } from '../src/maths/text-classifier.ts';
import { foldInto, newFoldBuffer } from '../src/model/fold-text.ts';
import { buildReader, defaultModel, type LabelledText } from '../src/understand/index.ts';
import { loadPack } from '../src/understand/load-pack.client.ts';
import { labelledSets, ours, peers, type LabelledSet, type Peer } from './kit/labelled-sets.ts';
import { printMachine, printTable, whole } from './kit/report.ts';
import { readProvince, Tally } from './kit/told-province.ts';

/** How well and how fast texts are read, beside scikit-learn on the same rows in the same run. `quality` or `speed` alone: name it. */
const figure = (value: number, digits = 4): string => value.toFixed(digits);
const PROVINCE_SEED = 21;
const part = process.argv[2];
printMachine('reader');
const sets = await labelledSets();
if (sets.length < 3) console.log('Some labelled sets are not here: set VOXLOOP_DATA to the folder that holds them.\n');
const peersOf = new Map<string, readonly Peer[]>();
for (const set of sets) {
  const found = peers(set, part === 'speed');
  if (typeof found === 'string') console.log(`scikit-learn skipped: ${found}\n`);
  else peersOf.set(set.name, found);
}
if (part !== 'speed') {
  quality();
  await sample();
}
if (part !== 'quality') await speed();

function quality(): void {
  const reports = sets.map((set) => ({ set, report: ours(set) }));
  printTable(
    ['set', 'rows', 'classes', 'voxloop', 'words', 'characters 1–2', 'characters 1–3', 'best of three − .005', 'macro F1'],
    reports.map(({ set, report }) => {
      const accuracies = (peersOf.get(set.name) ?? []).map((peer) => peer.accuracy);
      const best = accuracies.length === 0 ? '' : figure(Math.max(...accuracies) - 0.005);
      return [
        set.name,
        whole(report.tested),
        String(report.classes),
        figure(report.accuracy),
        ...[0, 1, 2].map((i) => (accuracies[i] === undefined ? '' : figure(accuracies[i]))),
        best === '' ? '' : `${best} ${report.accuracy >= Number(best) ? 'met' : 'missed'}`,
        figure(report.macro_f1),
      ];
    }),
  );
  for (const [name, found] of peersOf) console.log(`${name}: words are ${found[0]?.name}`);
  console.log('\nConfidence, on the same held-out rows (accuracy at each tenth of confidence):\n');
  printTable(
    ['set', 'said at ≥ .8', 'of these right', 'ECE', '.0', '.1', '.2', '.3', '.4', '.5', '.6', '.7', '.8', '.9'],
    reports.map(({ set, report: { confident, ece, reliability, tested } }) => [
      set.name,
      figure(confident.rows / tested, 3),
      figure(confident.right / confident.rows, 3),
      figure(ece, 3),
      ...Array.from({ length: 10 }, (_, i) => reliability.find((bin) => Math.round(bin.from * 10) === i)).map((bin) =>
        bin === undefined ? '' : figure(bin.accuracy, 2),
      ),
    ]),
  );
}

/** The pack's own reader on the sample province and its feelings on the reviews: nobody labelled anything for it. */
async function sample(): Promise<void> {
  const pack = await loadPack();
  const reader = buildReader(pack, defaultModel(pack, 1), 'bench');
  const { leaf, level2, unmapped, kind, feeling } = await readProvince(pack, reader, PROVINCE_SEED, 2000);
  const reviews = new Tally();
  const said = new Tally();
  for (const { text, label } of sets.find((set) => set.name === 'waimai_10k')?.rows ?? []) {
    const felt = reader.read(text).feeling;
    const [truth, guess] = [label === '1' ? 'good' : 'bad', felt === 'positive' ? 'good' : 'bad'];
    reviews.add(truth, guess);
    if (felt !== 'neutral') said.add(truth, guess);
  }
  const row = (what: string, tally: Tally, note = ''): readonly string[] => [
    what,
    whole(tally.rows),
    figure(tally.accuracy, 3),
    figure(tally.majority, 3),
    tally.sureShare === 0 ? '' : `${figure(tally.sureAccuracy, 3)} of ${figure(tally.sureShare, 2)}`,
    note,
  ];
  console.log(`\nThe pack's first reader, sample province seed ${PROVINCE_SEED} (2,000 customers, 2 months) and reviews:\n`);
  printTable(
    ['what', 'voices', 'right', 'most frequent', 'right at ≥ .8', 'note'],
    [
      row('cause, leaf', leaf, `${figure(unmapped, 3)} unmapped, counted as wrong`),
      row('cause, second level', level2),
      row('kind, where none is recorded', kind, 'no word: grievance; surveys left out'),
      row('feeling', feeling, 'angry, negative, neutral, positive'),
      ...(reviews.rows === 0
        ? []
        : [row('waimai_10k: good or bad', reviews, 'without a word of feeling: bad'), row('… of those with a word', said)]),
    ],
  );
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Texts per CPU second: a warm-up, then whole rounds for about two seconds. */
function rate(texts: readonly string[], one: (text: string) => void): number {
  const round = (): void => texts.forEach(one);
  const once = cpuSeconds(round);
  round();
  const rounds = Math.max(1, Math.ceil(2 / Math.max(once, 1e-3)));
  const seconds = cpuSeconds(() => {
    for (let i = 0; i < rounds; i++) round();
  });
  return (rounds * texts.length) / seconds;
}

/** From a text to its class and confidence, and nothing else: what the peers do. */
function classify(classifier: TextClassifier, sharpness: number): (text: string) => void {
  const buffer = newFoldBuffer();
  const vectors = new Vectors();
  const scores = new Float32Array(classifier.classes);
  return (text) => {
    const { codes, length } = foldInto(text, buffer);
    scoreText(classifier, vectors, codes, length, scores);
    softmax(scores, sharpness);
  };
}

function trainOn(rows: readonly LabelledText[]): (text: string) => void {
  const labels = [...new Set(rows.map((row) => row.label))];
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const classOf = Int32Array.from(rows, (row) => numbers.get(row.label) ?? 0);
  const buffer = newFoldBuffer();
  const texts = rows.map((row) => row.text);
  return classify(
    trainClassifier(texts, classOf, labels.length, (text) => foldInto(text, buffer), { seed: 1 }),
    4,
  );
}

async function speed(): Promise<void> {
  const pack = await loadPack();
  const leaves = pack.categories.filter((c) => c.cell !== undefined).length;
  const texts = spoken(pack);
  const characters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  let model = defaultModel(pack, 1);
  const learning = cpuSeconds(() => {
    model = defaultModel(pack, 1);
  });
  const reader = buildReader(pack, model, 'bench');
  const tops = pack.examples.map((e) => ({ text: e.text, label: e.category.split('/')[0] ?? '' }));
  console.log(`\nSpeed: texts per CPU second on one core; own texts have ${characters.toFixed(0)} characters on average.\n`);
  printTable(
    ['what', 'figure'],
    [
      [`first model, ${leaves} leaves, ${whole(pack.examples.length)} examples`, `${learning.toFixed(2)} CPU s`],
      [
        `read in full, ${leaves} leaves: terms, model, because, feeling, kind, language`,
        whole(rate(texts, (text) => void reader.read(text))),
      ],
      [`model of ${new Set(tops.map((t) => t.label)).size} classes: class and confidence`, whole(rate(texts, trainOn(tops)))],
      ['mask', whole(rate(texts, (text) => void maskText(text)))],
    ],
  );
  console.log('');
  printTable(['set', 'voxloop', 'scikit-learn, characters 1–3', 'ratio'], sets.map(besidePeer));
}

function besidePeer(set: LabelledSet): readonly string[] {
  const heard = ('test' in set.split ? set.split.test : set.rows).map((row) => row.text);
  const own = rate(heard, trainOn(set.rows));
  const peer = peersOf.get(set.name)?.at(-1)?.per_second;
  return [set.name, whole(own), peer === undefined ? 'skipped' : whole(peer), peer === undefined ? '' : (own / peer).toFixed(1)];
}

/** The pack's examples the way voices come: with a greeting and a plea, about 60 characters. */
function spoken(pack: Pack): readonly string[] {
  const { openings, closings } = pack.everyday;
  return pack.examples.map((e, i) => {
    const [opening, closing] = [openings[i % openings.length] ?? '', closings[i % closings.length] ?? ''];
    const told = `${opening}，${e.text}，${closing}`;
    const other = pack.examples[(i * 7 + 1) % pack.examples.length]?.text ?? '';
    return told.length < 50 ? `${told}。${other}`.slice(0, 60) : told;
  });
}
