import { expect, it } from 'vitest';
import { readTurns } from '../../src/ingest/read-turns.ts';
import { foldText } from '../../src/model/fold-text.ts';
import { maskText } from '../../src/model/masking.ts';
import { languageOf } from '../../src/understand/language.ts';

const BEATS = ['0.', '1 ', '1-', '138 ', '13800138000', 'a@', '我姓', '号楼', '客户：', '客户：\n', '地址', '[[', '{"', ' ', '\n', 'qq1'];
/** What every voice passes through before it is stored or read. */
const STEPS: Readonly<Record<string, (text: string) => unknown>> = {
  maskText: (text) => maskText(text, { name: '王', phone: '13800138000' }),
  readTurns,
  foldText,
  languageOf,
};

/** Of this thread's processor time: how long others hold the processor is no property of the text. */
const msOf = (step: (text: string) => unknown, text: string): number => {
  const before = process.threadCpuUsage();
  step(text);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};
const least = (step: (text: string) => unknown, text: string): number => Math.min(...[0, 1, 2].map(() => msOf(step, text)));

it('a text four times as long takes some four times as long, whatever is repeated in it', () => {
  const steep = Object.entries(STEPS).flatMap(([name, step]) =>
    BEATS.flatMap((beat) => {
      const of = (length: number): string => beat.repeat(length / beat.length);
      const [short, long] = [least(step, of(25_000)), least(step, of(100_000))];
      // Going over it again for each unit would be sixteen times; what takes no time has no ratio.
      return long > 40 && long > short * 10
        ? [`${name} of ${JSON.stringify(beat)}: ${short.toFixed(1)} ms, then ${long.toFixed(1)} ms`]
        : [];
    }),
  );
  expect(steep).toEqual([]);
}, 60_000);
