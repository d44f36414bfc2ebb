import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'vite';

export interface Import {
  /** A path below the project (`src/model/ids.ts`) or a package (`node:fs`, `kysely`). */
  readonly target: string;
  readonly local: boolean;
  /** Gone at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** Something in the code that some rule forbids in some files. */
export interface Use {
  readonly what: 'env' | 'now' | 'random' | 'dynamic-pattern' | 'default-export' | 'eval';
  readonly line: number;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
}

const ROOT = join(import.meta.dirname, '../..');

export function sourceFiles(pattern: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: ROOT })
    .toSorted()
    .map((path) => sourceFile(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function sourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message ?? ''}`);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const imports: Import[] = [];
  const uses: Use[] = [];
  // Handing the whole environment to the one that checks it is how configuration begins, not a use of it.
  const handedOver = new Set<unknown>();
  walk(program, (node) => {
    if (node.type === 'CallExpression' && isNamed(node.callee, 'readConfig')) for (const arg of argumentsOf(node)) handedOver.add(arg);
    const from = importOf(node);
    if (from !== null) {
      const local = from.specifier.startsWith('.');
      const target = local ? normalize(join(dirname(path), from.specifier)).split('?')[0]! : from.specifier;
      imports.push({ target, local, typeOnly: from.typeOnly, line: lineAt(node.start) });
    }
    const what = handedOver.has(node) ? null : useOf(node);
    if (what !== null) uses.push({ what, line: lineAt(node.start) });
  });
  return { path, imports, uses };
}

/** A node of the syntax tree, as far as we look at it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const item of node) walk(item, visit);
  else if (isNode(node)) {
    visit(node);
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) walk(child, visit);
  }
}

function importOf(node: Node): { readonly specifier: string; readonly typeOnly: boolean } | null {
  const source = isNode(node.source) && typeof node.source.value === 'string' ? node.source.value : null;
  if (source === null) return null;
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: source, typeOnly: node.importKind === 'type' };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return { specifier: source, typeOnly: node.exportKind === 'type' };
    case 'ImportExpression':
      return { specifier: source, typeOnly: false };
    case 'TSImportType':
      return { specifier: source, typeOnly: true };
    default:
      return null;
  }
}

function useOf(node: Node): Use['what'] | null {
  const args = argumentsOf(node);
  switch (node.type) {
    case 'ExportDefaultDeclaration':
      return 'default-export';
    case 'MemberExpression':
      if (isMember(node, 'process', 'env')) return 'env';
      if (isMember(node, 'Date', 'now')) return 'now';
      return isMember(node, 'Math', 'random') ? 'random' : null;
    case 'NewExpression':
      if (isNamed(node.callee, 'Date')) return args.length === 0 ? 'now' : null;
      if (isNamed(node.callee, 'Function')) return 'eval';
      return isNamed(node.callee, 'RegExp') && !isText(args[0]) ? 'dynamic-pattern' : null;
    case 'CallExpression':
      if (isNamed(node.callee, 'Date')) return 'now';
      if (isNamed(node.callee, 'eval')) return 'eval';
      return isNamed(node.callee, 'RegExp') && !isText(args[0]) ? 'dynamic-pattern' : null;
    default:
      return null;
  }
}

export function argumentsOf(node: Node): readonly unknown[] {
  return Array.isArray(node.arguments) ? (node.arguments as readonly unknown[]) : [];
}

export function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.name === name;
}

function isMember(node: Node, object: string, property: string): boolean {
  const literal = isNode(node.property) && node.property.type === 'Literal' && node.property.value === property;
  return isNamed(node.object, object) && (isNamed(node.property, property) || literal);
}

function isText(node: unknown): boolean {
  return isNode(node) && node.type === 'Literal';
}
