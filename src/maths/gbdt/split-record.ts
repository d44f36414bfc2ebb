import { SPLIT_NUMBERS } from './arena.ts';
import { goesLeft } from './boosted-trees.ts';
import type { Split } from './find-split.ts';
import { TreeBuilder } from './tree-builder.ts';

const SET_AT = 6;

/** Writes a split, or that there is none, so that other threads can read it. */
export function writeSplit(into: Float64Array, slot: number, split: Split | null): void {
  const at = slot * SPLIT_NUMBERS;
  into[at] = split === null ? -1 : split.column;
  if (split === null) return;
  into.set(
    [split.gain, split.upTo, (split.missingLeft ? 1 : 0) + (split.set === null ? 0 : 2), split.left.gradient, split.left.hessian],
    at + 1,
  );
  if (split.set !== null) wordsAt(into, at + SET_AT).set(split.set);
}

export function readSplit(from: Float64Array, slot: number): Split | null {
  const at = slot * SPLIT_NUMBERS;
  const [column, gain, upTo, flags, gradient, hessian] = from.subarray(at, at + SET_AT) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (column < 0) return null;
  const set = flags >= 2 ? wordsAt(from, at + SET_AT).slice() : null;
  return { column, gain, upTo, missingLeft: flags % 2 === 1, set, left: { gradient, hessian } };
}

function wordsAt(numbers: Float64Array, at: number): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset + 8 * at, 8);
}

/** For each bin 4 when it goes left, else 0: how far the parting kernel moves on. */
export function writeSteps(into: Uint8Array, split: Split): void {
  const builder = new TreeBuilder();
  builder.addNode(0, 0);
  builder.split(0, split);
  const question = builder.build();
  for (let bin = 0; bin < into.length; bin++) into[bin] = goesLeft(question, 0, bin) ? 4 : 0;
}
