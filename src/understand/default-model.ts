import { groupsOf, stratifiedFolds } from '../maths/folds.ts';
import { fitSharpness } from '../maths/calibration.ts';
import { scoreText, SVM, trainClassifier, Vectors, type TextClassifier } from '../maths/text-classifier.ts';
import type { Pack } from '../model/pack.ts';
import type { ReaderModel } from './reader-model.ts';
import { foldCodes } from './train-reader.ts';

interface Lesson {
  readonly text: string;
  readonly label: number;
}

/** The first model, before anybody has labelled a voice: learned from the pack's examples, terms and names. */
export function defaultModel(pack: Pack, seed: number): ReaderModel {
  const labels = pack.categories.filter((c) => c.cell !== undefined).map((c) => c.code);
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const lesson = (text: string, category: string): readonly Lesson[] => {
    const label = numbers.get(category);
    return label === undefined ? [] : [{ text, label }];
  };
  const examples = pack.examples.flatMap((e) => lesson(e.text, e.category));
  const words = [
    ...pack.terms.flatMap((t) => lesson([t.term, ...(t.with ?? [])].join('，'), t.category)),
    ...pack.categories.flatMap((c) => lesson(c.names.zh, c.code)),
  ];
  const classifier = fit([...examples, ...words], labels.length, seed);
  return { labels, classifier, sharpness: heldOutSharpness(examples, words, labels.length, seed), rows: examples.length };
}

function fit(lessons: readonly Lesson[], classes: number, seed: number): TextClassifier {
  return trainClassifier(lessons.map((l) => l.text), Int32Array.from(lessons, (l) => l.label), classes, foldCodes, seed, { ...SVM, cost: 0.5 });
}

/** Every example scored once by a model that has not seen it. */
function heldOutSharpness(examples: readonly Lesson[], words: readonly Lesson[], classes: number, seed: number): number {
  const folds = 4;
  if (examples.length < folds * 2) return 4;
  const truth = examples.map((l) => l.label);
  const fold = stratifiedFolds(truth, groupsOf(examples.map((l) => l.text)), folds, seed);
  const scores = new Float32Array(examples.length * classes);
  const vectors = new Vectors();
  for (let f = 0; f < folds; f++) {
    const model = fit([...examples.filter((_, i) => fold[i] !== f), ...words], classes, seed);
    examples.forEach((lesson, i) => {
      if (fold[i] !== f) return;
      const { codes, length } = foldCodes(lesson.text);
      scoreText(model, vectors, codes, length, scores.subarray(i * classes, (i + 1) * classes));
    });
  }
  return fitSharpness(scores, classes, truth);
}
