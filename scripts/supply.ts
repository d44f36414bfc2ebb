import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceProblems, shippedIn, type Lock } from './licences.ts';
import { ROOT } from './steps.ts';

/** Where `npm run sbom` writes the bill of materials (CycloneDX 1.5, JSON). */
export const SBOM = join(ROOT, 'dist', 'sbom.cdx.json');

export interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly 'bom-ref': string } };
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly version: string;
    readonly licenses?: readonly unknown[];
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  }[];
}

export const lockOf = (root: string): Lock => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;

/**
 * What is shipped, from the lock file alone: no network. npm's own `--omit=dev` also drops what tools and product share
 * (nodemailer, pg-types), so everything is listed and the tools are taken out by the lock. Throws with npm's own words.
 */
export function writeSbom(): Sbom {
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const done = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`npm could not write the bill of materials:\n${done.stderr ?? ''}${done.error?.message ?? ''}`);
  const all = JSON.parse(done.stdout) as Sbom;
  const kept = new Set(shippedIn(lockOf(ROOT)));
  const components = all.components.filter((one) => kept.has(`${one.name}@${one.version}`));
  const refs = new Set(components.map((one) => one['bom-ref']).concat(all.metadata.component['bom-ref']));
  const dependencies = all.dependencies
    .filter((one) => refs.has(one.ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => refs.has(ref)) }));
  const sbom = { ...all, components, dependencies };
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(SBOM, `${JSON.stringify(sbom, null, 2)}\n`);
  return sbom;
}

/** `npm run sbom`: licences first, then the bill of materials. */
function main(): void {
  const problems = licenceProblems(lockOf(ROOT));
  for (const problem of problems) console.error(problem);
  console.log(`${writeSbom().components.length} components in ${SBOM}; licences: ${problems.length === 0 ? 'all allowed' : 'see above'}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (import.meta.main) main();
