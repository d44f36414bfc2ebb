import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** Writes `name.gz` beside scripts and styles once, so that the server never compresses while somebody waits. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const [fileName, part] of Object.entries(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue;
        const source = gzipSync(part.type === 'chunk' ? part.code : part.source, { level: 9 });
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source });
      }
    },
  };
}

/** Builds `src/web` only; the server runs its own sources. Under vitest the root stays the project, so that it finds every test. */
export default defineConfig(({ mode, command }) => {
  // A build started from a test run would otherwise carry React's development half: 70 kB more.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    ...(mode === 'test' ? {} : { root: 'src/web' }),
    base: '/',
    plugins: [react(), compressed()],
    build: {
      outDir: '../../dist/web',
      emptyOutDir: true,
      target: 'es2023',
      // A page that inlines nothing needs no exception in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 900,
    },
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  };
});
