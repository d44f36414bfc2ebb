import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds `src/web` only; the server runs its own sources. Under vitest the root stays the project, so that it finds every test. */
export default defineConfig(({ mode }) => ({
  ...(mode === 'test' ? {} : { root: 'src/web' }),
  base: '/',
  plugins: [react()],
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
}));
