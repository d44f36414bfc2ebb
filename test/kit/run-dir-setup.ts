import { chmodSync, rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { serverUser } from '../../src/platform/postgres/server-user.client.ts';
import { tempDir } from './temp-dir.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A directory that all test processes of this run share, gone at its end. */
    runDir: string;
  }
}

/** Made once although several projects ask for it. */
const shared = globalThis as { voxloopRunDir?: { users: number; path: string } };

export function setup(project: TestProject): () => void {
  const use = (shared.voxloopRunDir ??= { users: 0, path: tempDir('run') });
  // Where root may not make user namespaces, PostgreSQL runs as somebody else, who must be let through.
  if (serverUser().kind === 'other-user') chmodSync(use.path, 0o711);
  use.users += 1;
  project.provide('runDir', use.path);
  return () => {
    use.users -= 1;
    if (use.users > 0) return;
    delete shared.voxloopRunDir;
    rmSync(use.path, { recursive: true, force: true, maxRetries: 5 });
  };
}
