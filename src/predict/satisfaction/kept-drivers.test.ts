import { describe, expect, test } from 'vitest';
import { SheetBuilder, type Sheet } from '../models/sheet.ts';
import { keptDrivers } from './kept-drivers.client.ts';
import type { ScoreDriversFound } from './score-drivers.client.ts';

function sheet(score: string): Sheet {
  const builder = new SheetBuilder();
  builder.add(['score'], [{ cells: [score] }]);
  return builder.finish();
}
const FOUND: ScoreDriversFound = { kind: 'problems', problems: ['few'] };
const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Something that is learned until it is told to end or to be done. */
class Learner {
  begun = 0;
  readonly signals: AbortSignal[] = [];
  done: (found: ScoreDriversFound) => void = () => undefined;
  readonly learn = (signal: AbortSignal): Promise<ScoreDriversFound> => {
    this.begun++;
    this.signals.push(signal);
    return new Promise((resolve, reject) => {
      this.done = resolve;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };
}

describe('drivers that are being learned', () => {
  test('stay for who still waits when another leaves, and are kept', async () => {
    const [of, learner, leaving] = [{}, new Learner(), new AbortController()];
    const first = keptDrivers(of, sheet('1'), learner.learn, leaving.signal);
    const second = keptDrivers(of, sheet('1'), learner.learn, new AbortController().signal);
    await turns();
    leaving.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    expect(learner.signals[0]!.aborted).toBe(false);
    learner.done(FOUND);
    await expect(second).resolves.toBe(FOUND);
    await expect(keptDrivers(of, sheet('1'), learner.learn)).resolves.toBe(FOUND);
    expect(learner.begun).toBe(1);
  });

  test('end when all who waited left, and are learned anew for the next', async () => {
    const [of, learner] = [{}, new Learner()];
    const leaving = [new AbortController(), new AbortController()];
    const waited = leaving.map(({ signal }) => keptDrivers(of, sheet('2'), learner.learn, signal));
    await turns();
    for (const one of leaving) one.abort(new Error('left'));
    for (const one of waited) await expect(one).rejects.toThrow('left');
    expect(learner.signals[0]!.aborted).toBe(true);
    const next = keptDrivers(of, sheet('2'), learner.learn, new AbortController().signal);
    await turns();
    expect(learner.begun).toBe(2);
    learner.done(FOUND);
    await expect(next).resolves.toBe(FOUND);
  });
});
