import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { presetIds } from '#core/presets/index';
import { firstLoadBudgetKb, firstLoads } from './first-load';
import { printTable } from './print-table';

/** The application's own bundler sees that nobody uses zod's translations; esbuild keeps them all. */
const withoutTranslations: Plugin = {
  name: 'without-translations',
  setup: (bundler) =>
    bundler.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: dirname(path),
    })),
};

/** Sizes of what a browser loads for some modules: at once, and when they ask for more. */
async function sizeOf(contents: string, external: readonly string[] = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), sourcefile: 'entry.ts' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: 'bundle',
    write: false,
    external: [...external],
    plugins: [withoutTranslations],
    logLevel: 'error',
  });
  const sizes = outputFiles.map(({ contents: bytes }) => [bytes.length, gzipSync(bytes).length] as const);
  const kb = (place: 0 | 1) => (sizes.reduce((sum, size) => sum + size[place], 0) / 1000).toFixed(1);
  return { chunks: sizes.length, 'minified kB': kb(0), 'gzip kB': kb(1) };
}

const editor = ['site/check-site', 'lint/lint-site', 'site/default-site', 'servers/render'];
const load = (modules: readonly string[]) =>
  modules.map((name, index) => `export * as part${index} from '#core/${name}';`).join('\n');

/** What the core costs a browser. */
export async function bench(): Promise<void> {
  const withoutPresets = presetIds.map((id) => `./${id}`);
  printTable('the core in the browser: what the site form and its live preview load', [
    { what: 'everything: schema, checks, advice, three servers, presets', ...(await sizeOf(load(editor))) },
    { what: 'the same without the presets', ...(await sizeOf(load(editor), withoutPresets)) },
    {
      what: 'the same without presets and zod',
      ...(await sizeOf(load(editor), [...withoutPresets, 'zod'])),
    },
    {
      what: 'the list of presets alone (every other page)',
      ...(await sizeOf(load(['site/preset-titles']), withoutPresets)),
    },
  ]);
  if (!existsSync('.next/build-manifest.json')) {
    console.log('Pages are counted where the dashboard is built (`npm start` builds it).');
    return;
  }
  printTable(
    `script that the built pages load at once, gzipped; the budget is ${firstLoadBudgetKb} kB`,
    firstLoads('.next').map(({ page, kb }) => ({
      page,
      kB: kb.toFixed(1),
      '': kb > firstLoadBudgetKb ? 'too much' : '',
    })),
  );
}
