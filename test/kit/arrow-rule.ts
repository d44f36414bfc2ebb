import type { Import, SourceFile } from './source-files.ts';

/** Where a file stands in the house: its folder below `src`, and what its suffix says it may touch. */
export interface Place {
  readonly folder: string;
  readonly kind: 'plain' | 'sql' | 'client' | 'worker' | 'job' | 'routes' | 'test';
}

/** A step imports only those before it. */
const STEPS: readonly string[] = ['ingest', 'understand', 'analyse', 'predict', 'warn', 'act', 'verify'];
const FREE: readonly string[] = ['app', 'floor'];
/** What plain files may import besides plain files: pure libraries without input or output. */
const PURE_PACKAGES: readonly string[] = ['zod', 'opencc-js', 'simple-statistics', 'jstat'];
const RANK: Readonly<Record<Place['kind'], number>> = { plain: 0, sql: 1, client: 1, worker: 1, job: 2, routes: 2, test: 9 };

export function placeOf(path: string): Place {
  const folder = path.split('/')[1] ?? '';
  const kind = /\.(test|sql|client|worker|job|routes)\.tsx?$/.exec(path)?.[1];
  return { folder, kind: kind === undefined ? 'plain' : (kind as Place['kind']) };
}

/** Plain files of the words, the numbers, the people and the steps are pure; platform's plain files are ports and tools. */
export function isPure(path: string): boolean {
  const { folder, kind } = placeOf(path);
  return kind === 'plain' && (folder === 'model' || folder === 'maths' || folder === 'people' || STEPS.includes(folder));
}

/** Every arrow of a file that the house forbids, each with the way out. */
export function forbiddenArrows(file: SourceFile): readonly string[] {
  if (placeOf(file.path).kind === 'test') return [];
  return file.imports.flatMap((arrow) => {
    const why = arrow.local ? forbidden(file.path, arrow) : forbiddenPackage(file.path, arrow);
    return why === null ? [] : [`${file.path}:${arrow.line} → ${arrow.target}: ${why}`];
  });
}

function forbiddenPackage(path: string, arrow: Import): string | null {
  if (!isPure(path) || arrow.typeOnly) return null;
  if (PURE_PACKAGES.some((name) => arrow.target === name || arrow.target.startsWith(`${name}/`))) return null;
  return 'a plain file is pure; move what needs this to a .sql.ts or .client.ts file and hand the values in.';
}

function forbidden(path: string, arrow: Import): string | null {
  if (!arrow.target.startsWith('src/'))
    return isPure(path) ? 'a plain file imports only plain files; read data at the rim and hand it in.' : null;
  const from = placeOf(path);
  const to = placeOf(arrow.target);
  if (from.folder === 'app') return null;
  if (to.kind === 'test') return 'the product does not import its tests.';
  return wrongFolder(from, to, arrow) ?? wrongSuffix(path, from, to, arrow);
}

function wrongFolder(from: Place, to: Place, arrow: Import): string | null {
  if (from.folder === to.folder || to.folder === 'model') return null;
  if (to.folder === 'app') return 'only app knows everything; take what you need as a parameter or from the context.';
  if (to.folder === 'web') return 'the server does not know the web.';
  switch (from.folder) {
    case 'model':
    case 'maths':
      return `${from.folder} imports nobody; move the function to where both may reach it.`;
    case 'platform':
      return 'platform knows no business word: declare what it needs as a parameter or an interface of its own.';
    case 'people':
      return to.folder === 'platform' || to.folder === 'maths' ? null : 'people imports no step.';
    case 'web':
      return arrow.typeOnly && to.kind === 'routes' ? null : 'web imports the model, and types of routes; move shared words to src/model.';
    default:
      return wrongStep(from, to, arrow);
  }
}

function wrongStep(from: Place, to: Place, arrow: Import): string | null {
  if (!STEPS.includes(to.folder)) return null;
  const door = /^src\/[^/]+\/(index|read\.sql)\.ts$/.test(arrow.target);
  if (!door) return `a step is entered by its doors only: export it from src/${to.folder}/index.ts (pure) or read.sql.ts.`;
  if (FREE.includes(from.folder) || STEPS.indexOf(to.folder) < STEPS.indexOf(from.folder)) return null;
  return `${to.folder} comes after ${from.folder}: let it read what ${from.folder} wrote, or move the pure part to model or maths.`;
}

function wrongSuffix(path: string, from: Place, to: Place, arrow: Import): string | null {
  if (from.folder === 'web' || (arrow.typeOnly && !isPure(path))) return null;
  if (to.kind === 'worker' && !arrow.typeOnly) return 'a worker is started with new Worker(new URL(…)), never imported.';
  if (isPure(path) && to.kind !== 'plain') return 'a plain file is pure: turn the arrow round and hand the values in.';
  if (isPure(path) && !arrow.typeOnly && !isPure(arrow.target)) return 'a plain file imports only pure files; take this as a parameter.';
  if (RANK[to.kind] <= RANK[from.kind] || from.folder === 'platform') return null;
  return `.${to.kind} files are for jobs, routes and app; turn the arrow round.`;
}

/** Rings of imports that exist at run time, each written once. */
export function cycles(files: readonly SourceFile[]): readonly string[] {
  const next = new Map(files.map((f) => [f.path, f.imports.filter((i) => i.local && !i.typeOnly).map((i) => i.target)]));
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(path);
    if (seen >= 0) return void found.add(inOrder(trail.slice(seen)).join(' → '));
    if (done.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  return [...found];
}

/** A ring begins at its alphabetically first file, so that it is told once wherever the walk met it. */
function inOrder(ring: readonly string[]): readonly string[] {
  const first = ring.indexOf(ring.toSorted()[0]!);
  return [...ring.slice(first), ...ring.slice(0, first + 1)];
}
