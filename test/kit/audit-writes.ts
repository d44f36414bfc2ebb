import { parseSync } from 'vite';
import { type Node, argumentsOf, isNamed, isNode, walk } from './source-files.ts';

/** What a program writes into the audit, as far as its text says it. */
export interface AuditWrites {
  readonly keys: readonly string[];
  readonly actions: readonly string[];
  readonly kinds: readonly string[];
  /** Details whose keys stand elsewhere, as they are written. */
  readonly opaque: readonly string[];
}

/** Functions that take a detail and hand it on: which of their arguments it is. */
const HANDED_ON: Readonly<Record<string, number>> = { tell: 5 };

export function auditWrites(path: string, text: string): AuditWrites {
  const { program } = parseSync(path, text);
  const found = { keys: new Set<string>(), actions: new Set<string>(), kinds: new Set<string>(), opaque: new Set<string>() };
  const resolved = (node: unknown, before: number): unknown =>
    isNode(node) && node.type === 'Identifier' ? declaredAs(program, String(node['name']), before) : plain(node);

  function keysOf(given: unknown, before: number): void {
    const node = resolved(given, before);
    if (!isNode(node) || !['ObjectExpression', 'ConditionalExpression'].includes(node.type)) {
      if (isNode(given)) found.opaque.add(text.slice(given.start, Number(given['end'])));
    } else if (node.type === 'ConditionalExpression') for (const side of ['consequent', 'alternate']) keysOf(node[side], before);
    else for (const one of node['properties'] as readonly Node[]) keysOfProperty(one, before);
  }
  function keysOfProperty(one: Node, before: number): void {
    if (one.type === 'SpreadElement') return keysOf(plain(one['argument']), before);
    const name = nameOf(one);
    // These two say nothing themselves.
    if (name === 'before' || name === 'after') keysOf(one['value'], before);
    else found.keys.add(name);
  }

  walk(program, (call) => {
    if (call.type !== 'CallExpression') return;
    for (const [name, at] of Object.entries(HANDED_ON)) if (isNamed(call['callee'], name)) keysOf(argumentsOf(call)[at], call.start);
    if (!isNamed(call['callee'], 'writeAudit')) return;
    const entry = resolved(argumentsOf(call)[1], call.start);
    if (!isNode(entry) || entry.type !== 'ObjectExpression') throw new Error(`${path}: an audit entry that is no object`);
    for (const one of entry['properties'] as readonly Node[]) {
      if (nameOf(one) === 'detail') keysOf(one['value'], call.start);
      if (nameOf(one) === 'action') for (const word of wordsIn(one['value'])) found.actions.add(word);
      if (nameOf(one) === 'subjectKind') for (const word of wordsIn(one['value'])) found.kinds.add(word);
    }
  });
  return { keys: [...found.keys], actions: [...found.actions], kinds: [...found.kinds], opaque: [...found.opaque] };
}

/** What the nearest earlier `const name = …` says; undefined for parameters and what a pattern takes apart. */
function declaredAs(program: unknown, name: string, before: number): unknown {
  let nearest: Node | undefined;
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' && isNamed(node['id'], name) && node.start < before) nearest = node;
  });
  return plain(nearest?.['init']);
}

/** Without parentheses, `as` and `satisfies`. */
function plain(node: unknown): unknown {
  const within = isNode(node) && ['ParenthesizedExpression', 'TSAsExpression', 'TSSatisfiesExpression'].includes(node.type);
  return within ? plain(node['expression']) : node;
}

const nameOf = (property: Node): string => {
  const key = property['key'];
  return isNode(key) ? String(key['name'] ?? key['value']) : '';
};

/** The texts that a value may be; none where it is put together or handed in. */
function wordsIn(value: unknown): readonly string[] {
  if (!isNode(value)) return [];
  if (value.type === 'ConditionalExpression') return [...wordsIn(value['consequent']), ...wordsIn(value['alternate'])];
  return value.type === 'Literal' && typeof value['value'] === 'string' ? [value['value']] : [];
}
