import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADD, code, constant, get, increase, load, set, SHIFT_LEFT, smaller, store, whileBelow } from './instructions.ts';
import { signed, unsigned, wasmModule } from './wasm-module.ts';
import { instantiate, newMemory, pagesOf } from './web-assembly.ts';

describe('kernels in WebAssembly', () => {
  test('carry any number of 32 bits in their code', () => {
    const memory = newMemory(1, false);
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
        const module = wasmModule([{ name: 'answer', params: [], result: 'i32', locals: [], code: constant(value) }], 1, false);
        expect(instantiate<{ answer(): number }>(module, memory).answer()).toBe(value);
      }),
      { numRuns: 50 },
    );
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(signed(-123_456)).toEqual([0xc0, 0xbb, 0x78]);
  });

  test.each([true, false])('add up numbers in a memory (shared: %s), in a loop that may not run at all', (shared) => {
    const [AT, END, SUM] = [0, 1, 2];
    const body = code(increase(SUM, code(get(AT), load())), increase(AT, constant(4)));
    const sum = {
      name: 'sum',
      params: ['i32', 'i32'],
      result: 'i32',
      locals: ['i32'],
      code: code(whileBelow(AT, END, body), get(SUM)),
    } as const;
    const memory = newMemory(100_000, shared);
    const kernel = instantiate<{ sum(at: number, end: number): number }>(wasmModule([sum], pagesOf(100_000), shared), memory);
    new Int32Array(memory.buffer).set([5, -7, 30], 2);
    expect([kernel.sum(8, 8), kernel.sum(8, 12), kernel.sum(8, 20)]).toEqual([0, 5, 28]);
  });

  test('know the smaller of two and write where they are told', () => {
    const [A, B, TWICE] = [0, 1, 2];
    const body = code(
      smaller(get(A), get(B)),
      constant(1),
      SHIFT_LEFT,
      set(TWICE),
      constant(16),
      get(TWICE),
      store(4),
      get(TWICE),
      constant(1),
      ADD,
    );
    const memory = newMemory(1, false);
    const module = wasmModule([{ name: 'least', params: ['i32', 'i32'], result: 'i32', locals: ['i32'], code: body }], 1, false);
    expect(instantiate<{ least(a: number, b: number): number }>(module, memory).least(9, 4)).toBe(9);
    expect(new Int32Array(memory.buffer)[5]).toBe(8);
  });
});
