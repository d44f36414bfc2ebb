import { fitSharpness } from '../maths/calibration.ts';
import { groupsOf, stratifiedFolds } from '../maths/folds.ts';
import { wholeNumbers } from '../maths/shuffle.ts';
import { scoreText, trainClassifier, Vectors, type TextClassifier } from '../maths/text-classifier.ts';
import type { Pack } from '../model/pack.ts';
import { NO_CAUSE, type ReaderModel } from './reader-model.ts';
import { foldCodes } from './train-reader.ts';

interface Lesson {
  readonly text: string;
  readonly label: number;
}

type Everyday = Pack['everyday'];

/** How often each example is said again the way people talk. */
const RETELLINGS = 2;

/** The first model, before anybody has labelled a voice: learned from the pack's examples, terms and names. */
export function defaultModel(pack: Pack, seed: number): ReaderModel {
  const labels = [...pack.categories.filter((c) => c.cell !== undefined).map((c) => c.code), NO_CAUSE];
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const lesson = (text: string, category: string): readonly Lesson[] => {
    const label = numbers.get(category);
    return label === undefined ? [] : [{ text, label }];
  };
  const { everyday } = pack;
  const examples = pack.examples.flatMap((e) => lesson(e.text, e.category));
  const words = [
    ...pack.terms.flatMap((t) => lesson([t.term, ...(t.with ?? [])].join('，'), t.category)),
    ...pack.categories.flatMap((c) => lesson(c.names[pack.talk?.language ?? 'zh'], c.code)),
    ...[...everyday.openings, ...everyday.closings, ...everyday.nothing_said].flatMap((text) => lesson(text, NO_CAUSE)),
  ];
  const sharpness = heldOutSharpness(examples, words, labels.length, seed, everyday);
  return { labels, classifier: fit(examples, words, labels.length, seed, everyday), sharpness, rows: examples.length };
}

function fit(examples: readonly Lesson[], words: readonly Lesson[], classes: number, seed: number, everyday: Everyday): TextClassifier {
  const lessons = [...examples, ...retold(examples, seed, RETELLINGS, everyday), ...words];
  const known = [...examples, ...words].map((l) => l.text);
  const labels = Int32Array.from(lessons, (l) => l.label);
  return trainClassifier(
    lessons.map((l) => l.text),
    labels,
    classes,
    foldCodes,
    { seed, cost: 0.5, known },
  );
}

/** The same causes with greetings, pleas, fillers and a lost character. */
function retold(lessons: readonly Lesson[], seed: number, times: number, everyday: Everyday): readonly Lesson[] {
  const next = wholeNumbers(seed);
  const pick = (list: readonly string[]): string => list[next() % list.length] ?? '';
  const chance = (percent: number): boolean => next() % 100 < percent;
  return Array.from({ length: times }, () => lessons)
    .flat()
    .map(({ text, label }) => {
      let told = text;
      if (chance(60) && everyday.fillings.length > 0) {
        const at = next() % (told.length + 1);
        told = told.slice(0, at) + pick(everyday.fillings) + told.slice(at);
      }
      if (chance(50)) {
        const at = next() % told.length;
        told = told.slice(0, at) + told.slice(at + 1);
      }
      if (chance(75) && everyday.openings.length > 0) told = `${pick(everyday.openings)}，${told}`;
      if (chance(75) && everyday.closings.length > 0) told = `${told}，${pick(everyday.closings)}`;
      return { text: told, label };
    });
}

/** A third of the examples, scored and retold by a model that has not seen them: one figure is estimated, which needs no more. */
function heldOutSharpness(
  examples: readonly Lesson[],
  words: readonly Lesson[],
  classes: number,
  seed: number,
  everyday: Everyday,
): number {
  const folds = 3;
  if (examples.length < folds * 2) return 4;
  const groups = groupsOf(examples.map((l) => l.text));
  const fold = stratifiedFolds(
    examples.map((l) => l.label),
    groups,
    folds,
    seed,
  );
  const learnt = examples.filter((_, i) => fold[i] !== 0);
  const heard = retold(
    examples.filter((_, i) => fold[i] === 0),
    seed + 1,
    1,
    everyday,
  );
  const model = fit(learnt, words, classes, seed, everyday);
  const scores = new Float32Array(heard.length * classes);
  const vectors = new Vectors();
  heard.forEach((lesson, i) => {
    const { codes, length } = foldCodes(lesson.text);
    scoreText(model, vectors, codes, length, scores.subarray(i * classes, (i + 1) * classes));
  });
  return fitSharpness(
    scores,
    classes,
    heard.map((l) => l.label),
  );
}
