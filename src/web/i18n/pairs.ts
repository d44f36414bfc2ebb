/**
 * Every text is written as a pair [zh, en], side by side: a missing language is a type error at the line itself,
 * a missing key is one where it is used.
 */
export type Pair = readonly [zh: string, en: string];
export interface Tree {
  readonly [key: string]: Pair | Tree;
}
export type Texts<T> = { readonly [K in keyof T]: T[K] extends Pair ? string : Texts<T[K]> };

export function inLanguage<T extends Tree>(tree: T, index: 0 | 1): Texts<T> {
  const pick = (node: Pair | Tree): unknown =>
    isPair(node) ? node[index] : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, pick(value)]));
  return pick(tree) as Texts<T>;
}

const isPair = (node: Pair | Tree): node is Pair => Array.isArray(node);
