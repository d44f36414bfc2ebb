import type { BoostedTree } from './boosted-trees.ts';
import type { Split } from './find-split.ts';

/** Collects a tree's nodes level by level; node 0 is the root. */
export class TreeBuilder {
  readonly #column: number[] = [];
  readonly #upTo: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #sets = new Map<number, Uint32Array>();
  readonly #left: number[] = [];
  readonly #value: number[] = [];
  readonly #rows: number[] = [];

  addNode(rows: number, value: number): number {
    this.#column.push(-1);
    this.#upTo.push(0);
    this.#missingLeft.push(0);
    this.#left.push(-1);
    this.#value.push(value);
    this.#rows.push(rows);
    return this.#column.length - 1;
  }

  /** The children are the next two nodes to be added. */
  split(node: number, by: Split): void {
    this.#column[node] = by.column;
    this.#upTo[node] = by.upTo;
    this.#missingLeft[node] = by.missingLeft ? 1 : 0;
    if (by.set !== null) this.#sets.set(node, by.set);
    this.#left[node] = this.#column.length;
  }

  build(): BoostedTree {
    return {
      column: Int16Array.from(this.#column),
      upTo: Uint8Array.from(this.#upTo),
      missingLeft: Uint8Array.from(this.#missingLeft),
      sets: this.#sets,
      left: Int32Array.from(this.#left),
      value: Float64Array.from(this.#value),
      rows: Float64Array.from(this.#rows),
    };
  }
}
