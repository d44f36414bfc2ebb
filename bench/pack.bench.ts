import { groupsOf, stratifiedFolds } from '../src/maths/folds.ts';
import type { Pack } from '../src/model/pack.ts';
import { buildReader, defaultModel, type Reader } from '../src/understand/index.ts';
import { loadPack } from '../src/understand/load-pack.client.ts';
import { judge, moodScores } from '../test/journeys/judged-world.ts';
import { loadTopics } from '../scenarios/province/write.client.ts';
import { printMachine, printTable, whole } from './kit/report.ts';

/** How well the shipped pack reads: its own examples held out, its counter-examples, and a province of full size. `own`: only the first two. */
const SEED = 31;
const FOLDS = 5;
const figure = (value: number): string => value.toFixed(3);
const level2 = (code: string | null): string => (code ?? '').split('/').slice(0, 2).join('/');

printMachine('pack');
const pack = await loadPack();
const reader = readerOf(pack);
ownTexts();
if (process.argv[2] !== 'own') await province();

function readerOf(of: Pack): Reader {
  return buildReader(of, defaultModel(of, 1), 'bench');
}

function ownTexts(): void {
  const counter = pack.counter_examples.map(({ text, category }) => ({ truth: category, read: reader.read(text).category }));
  const fold = stratifiedFolds(
    pack.examples.map(({ category }) => pack.categories.findIndex(({ code }) => code === category)),
    groupsOf(pack.examples.map(({ text }) => text)),
    FOLDS,
    1,
  );
  const held = Array.from({ length: FOLDS }, (_, f) => {
    const unseen = readerOf({ ...pack, examples: pack.examples.filter((_example, i) => fold[i] !== f) });
    return pack.examples
      .filter((_example, i) => fold[i] === f)
      .map(({ text, category }) => ({ truth: category, read: unseen.read(text).category }));
  }).flat();
  const row = (name: string, list: readonly { readonly truth: string; readonly read: string | null }[]): string[] => {
    const share = (is: (each: { readonly truth: string; readonly read: string | null }) => boolean): string =>
      figure(list.filter(is).length / list.length);
    return [
      name,
      whole(list.length),
      share(({ truth, read }) => read === truth),
      share(({ truth, read }) => level2(read) === level2(truth)),
      share(({ read }) => read === null),
    ];
  };
  printTable(
    ['texts', 'count', 'leaf', 'level 2', 'unmapped'],
    [row('examples, each unseen (5 folds)', held), row('counter-examples', counter)],
  );
}

async function province(): Promise<void> {
  const world = { customers: 15_000, months: 6, seed: SEED, until: '2026-11-22T09:00:00.000Z', incidents: true };
  const { reading, moods } = judge(world, pack, await loadTopics(), reader);
  const of = (part: number, all: number = reading.caused): string => figure(part / all);
  printTable(
    ['province, seed', 'voices', 'leaf', 'level 2', 'either cause', 'unmapped', 'at ≥ .8', 'of these right', 'nothing left unmapped'],
    [
      [
        String(SEED),
        whole(reading.voices),
        of(reading.leaf),
        of(reading.level2),
        of(reading.either),
        of(reading.unmapped),
        of(reading.sure),
        of(reading.sureRight, reading.sure),
        of(reading.nothing - reading.invented, reading.nothing),
      ],
    ],
  );
  printTable(
    ['mood of every tenth', 'voices', 'accuracy', 'majority', 'macro F1'],
    Object.entries(moodScores(moods)).map(([what, { voices, accuracy, majority, macroF1 }]) => [
      what,
      whole(voices),
      figure(accuracy),
      figure(majority),
      figure(macroF1),
    ]),
  );
}
