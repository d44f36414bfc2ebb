import { expect, test } from 'vitest';
import { licenceProblems, shippedIn } from './licences.ts';
import { ROOT } from './steps.ts';
import { lockOf, writeSbom } from './supply.ts';

test('every package may be used for what it is used for', () => {
  expect(licenceProblems(lockOf(ROOT))).toEqual([]);
});

test('a licence that binds, one that is missing, and a tool under MPL are told apart', () => {
  const packages = {
    '': { license: 'Apache-2.0' },
    'node_modules/good': { license: '(MIT OR GPL-3.0)' },
    'node_modules/both': { license: 'MIT AND Apache-2.0' },
    'node_modules/bound': { license: 'MIT AND GPL-3.0' },
    'node_modules/a/node_modules/silent': { dev: true },
    'node_modules/tool': { license: 'MPL-2.0', dev: true },
    'node_modules/shipped-mpl': { license: 'MPL-2.0' },
  };
  expect(licenceProblems({ packages }).map((line) => line.split(':')[0])).toEqual(['bound', 'silent', 'shipped-mpl']);
});

test('the bill of materials lists every shipped package with version and checksum', () => {
  const sbom = writeSbom();
  const listed = new Map(sbom.components.map((one) => [`${one.name}@${one.version}`, one.hashes?.[0]?.alg]));
  const shipped = shippedIn(lockOf(ROOT));
  expect(shipped.length).toBeGreaterThan(100);
  expect(shipped.filter((name) => listed.get(name) !== 'SHA-512')).toEqual([]);
  expect([...listed.keys()].filter((name) => name.startsWith('vitest@'))).toEqual([]);
});
