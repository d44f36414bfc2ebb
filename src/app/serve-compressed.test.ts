import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureWebBuilt, WEB_DIR } from '../../scripts/build-web.ts';

describe('the built web', () => {
  beforeAll(() => ensureWebBuilt(() => {}), 60_000);

  it('has beside each script and style the very same, compressed', () => {
    const files = globSync('assets/*.{js,css}', { cwd: WEB_DIR });
    expect(files.length).toBeGreaterThan(20);
    const different = files.filter((file) => {
      const path = join(WEB_DIR, file);
      return !existsSync(`${path}.gz`) || !gunzipSync(readFileSync(`${path}.gz`)).equals(readFileSync(path));
    });
    expect(different).toEqual([]);
  });
});
