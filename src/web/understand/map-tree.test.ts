import { describe, expect, it } from 'vitest';
import { treeOf } from './map-tree.ts';
import type { MapLeaf } from '../../model/knowledge-map.ts';

const leaf = (code: string, zh: string, words: readonly string[] = []): MapLeaf => ({
  code,
  names: { zh, en: zh },
  stage: null,
  cell: null,
  words,
  examples: 0,
  counter_examples: 0,
  script: false,
});
const LEAVES = [
  leaf('fixed/broadband/outage', '宽带断网', ['光猫红灯']),
  leaf('fixed/broadband/slow', '宽带网速慢'),
  leaf('vas/unaware', '不知情定制'),
];
const VOICES = new Map([
  ['fixed/broadband/outage', 7],
  ['fixed/broadband/slow', 3],
]);
const nameOf = (code: string): string => (code === 'fixed' ? '固网通信质量' : code);

describe('the tree of causes', () => {
  it('adds up along its branches', () => {
    const [fixed, vas] = treeOf(LEAVES, VOICES, '', nameOf);
    expect(fixed).toMatchObject({ code: 'fixed', voices: 10, leaf: null });
    expect(fixed?.children[0]?.children.map((node) => node.voices)).toEqual([7, 3]);
    expect(vas?.children[0]?.leaf?.code).toBe('vas/unaware');
  });
  it.each([
    ['断网', 1],
    ['kddw', 1],
    ['gmhd', 1],
    ['光猫', 1],
    ['固网', 2],
    ['gwtx', 2],
    ['没有这个', 0],
  ])('is narrowed by name, branch, word or first letters: %s leaves %i', (wanted, count) => {
    const leaves = (nodes: ReturnType<typeof treeOf>): number =>
      nodes.reduce((sum, node) => sum + (node.leaf === null ? leaves(node.children) : 1), 0);
    expect(leaves(treeOf(LEAVES, VOICES, wanted, nameOf))).toBe(count);
  });
});
