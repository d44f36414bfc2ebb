import type { MapLeaf } from '../../model/knowledge-map.ts';
import { answers } from './pinyin.ts';

/** A branch or a cause; counts of a branch are those of its causes. */
export interface Node {
  readonly code: string;
  readonly leaf: MapLeaf | null;
  readonly children: readonly Node[];
  readonly voices: number;
}

/** Causes under their branches, in the order of the pack; only those that a search leaves, and the branches above them. */
export function treeOf(
  leaves: readonly MapLeaf[],
  voices: ReadonlyMap<string, number>,
  wanted: string,
  nameOf: (code: string) => string,
): readonly Node[] {
  const fits = (leaf: MapLeaf): boolean =>
    [leaf.names.zh, leaf.names.en, ...leaf.words, ...levels(leaf.code).map(nameOf)].some((text) => answers(text, wanted));
  return branches(leaves.filter(fits), '', voices);
}

const levels = (code: string): readonly string[] => code.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));

function branches(leaves: readonly MapLeaf[], above: string, voices: ReadonlyMap<string, number>): readonly Node[] {
  const depth = above === '' ? 0 : above.split('/').length;
  const codes = [
    ...new Set(
      leaves.map((leaf) =>
        leaf.code
          .split('/')
          .slice(0, depth + 1)
          .join('/'),
      ),
    ),
  ];
  return codes.map((code): Node => {
    const own = leaves.filter((leaf) => leaf.code === code || leaf.code.startsWith(`${code}/`));
    const leaf = own.find((one) => one.code === code) ?? null;
    const children = leaf === null ? branches(own, code, voices) : [];
    const sum = leaf === null ? children.reduce((all, child) => all + child.voices, 0) : (voices.get(code) ?? 0);
    return { code, leaf, children, voices: sum };
  });
}
