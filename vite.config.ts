import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/**
 * Writes `name.gz` beside scripts and styles once, so that the server never compresses while somebody waits. From what was
 * written to disk: before that, Vite has not yet filled in which chunks are loaded ahead.
 */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle(options, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue;
        const path = join(options.dir ?? '', fileName);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

/** Writes the texts of one language out where a module asks for them: the pairs of both languages stay out of the bundle. */
function oneLanguage(): Plugin {
  return {
    name: 'one-language',
    apply: 'build',
    async load(id) {
      if (!/\/i18n\/(?:zh|en)\.ts$/.test(id)) return null;
      const { words } = (await import(pathToFileURL(id).href)) as { readonly words: unknown };
      return `export const words = ${JSON.stringify(words)};`;
    },
  };
}

/** The rules of antd as a file: see `scripts/antd-styles.ts`. */
function antdRules(): Plugin {
  return {
    name: 'antd-rules',
    resolveId: (id) => (id === ANTD_RULES ? id : null),
    async load(id) {
      if (id !== ANTD_RULES) return null;
      const { antdStyles } = (await import(pathToFileURL(join(import.meta.dirname, 'scripts/antd-styles.ts')).href)) as {
        readonly antdStyles: () => string;
      };
      return antdStyles();
    },
  };
}
const ANTD_RULES = 'virtual:antd.css';

/** Names in the page what the small first script goes on to ask for, so that both are fetched at once. */
function programAhead(): Plugin {
  return {
    name: 'program-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const files = new Set<string>();
        const take = (name: string): void => {
          const chunk = bundle[name];
          if (chunk?.type !== 'chunk' || files.has(name)) return;
          files.add(name);
          chunk.imports.forEach(take);
        };
        const program = Object.values(bundle).find((one) => one.type === 'chunk' && one.moduleIds.some((id) => id.endsWith(PROGRAM)));
        if (program === undefined) throw new Error(`There is no chunk with ${PROGRAM}.`);
        take(program.fileName);
        return [...files]
          .filter((name) => !html.includes(name))
          .map((name) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` }, injectTo: 'head' }));
      },
    },
  };
}
const PROGRAM = '/shell/start-app.tsx';
const WEB = join(import.meta.dirname, 'src/web');

/** The first script and all that it stands on; it stands on nothing of the program, for which it does not wait. */
function firstOnes(): (id: string, context: Graph) => string | null {
  let known: Set<string> | null = null;
  return (id, context) => {
    if (known === null) {
      known = new Set();
      const take = (one: string): void => {
        if (known?.has(one) !== false) return;
        known.add(one);
        context.getModuleInfo(one)?.importedIds.forEach(take);
      };
      take(join(WEB, 'main.tsx'));
    }
    return known.has(id) ? 'first' : null;
  };
}
interface Graph {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

/** Builds `src/web` only; the server runs its own sources. Under vitest the root stays the project, so that it finds every test. */
export default defineConfig(({ mode, command }) => {
  // A build started from a test run would otherwise carry React's development half: 70 kB more.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    ...(mode === 'test' ? {} : { root: 'src/web' }),
    base: '/',
    plugins: [react(), antdRules(), oneLanguage(), programAhead(), compressed()],
    build: {
      outDir: '../../dist/web',
      emptyOutDir: true,
      target: 'es2023',
      // A page that inlines nothing needs no exception in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 900,
      rolldownOptions: {
        // A browser asks for six files at a time: the program is one file, not thirty.
        input: { index: join(WEB, 'index.html'), program: join(WEB, PROGRAM) },
        output: {
          codeSplitting: {
            groups: [
              { name: firstOnes(), priority: 2 },
              { name: 'program', tags: ['$initial'], priority: 1 },
            ],
          },
        },
      },
    },
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  };
});
