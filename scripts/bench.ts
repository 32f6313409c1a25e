import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { presetIds } from '#core/presets/index';
import { renderPreview, renderTarget } from '#core/servers/render';
import type { RenderTarget, ServerKind } from '#core/servers/types';
import { defaultSite } from '#core/site/default-site';
import type { Site } from '#core/site/schema';

/**
 * `npm run bench`: how long rendering takes, side by side for the three web servers in one run, and what the core costs a browser. Times
 * depend on the machine and on what else runs there; processor time and the ratios depend on it less.
 */
const versions: Record<ServerKind, string> = { nginx: '1.26.3', apache: '2.4.62', caddy: '2.8.4' };
const rounds = 3000;
const manySites = 10_000;
const repetitions = 5;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const targetOf = (server: ServerKind): RenderTarget => ({
  server,
  version: versions[server],
  openssl: '3.0.15',
  layout: 'debian',
  modules: null,
});

const typical = presetIds.map((id) => defaultSite(id, `bench-${id}`, `${id}.example.com`));
const large: Site = {
  ...defaultSite('generic', 'bench-large', 'large.example.com'),
  locations: Array.from({ length: 40 }, (_, index) => ({
    match: { kind: 'prefix', path: `/app-${index}/` },
    class: index % 4 === 0 ? 'ws' : 'http',
    limits: { readTimeoutSeconds: 60 + index },
    access: 'site',
    maskQuery: false,
    requestHeaders: [],
    responseHeaders: [],
  })),
};
const many = Array.from({ length: manySites }, (_, index) =>
  defaultSite(presetIds[index % presetIds.length] ?? 'generic', `site-${index}`, `ci-${index}.example.com`),
);

function timesOf(sites: readonly Site[], target: RenderTarget): readonly number[] {
  const times: number[] = [];
  for (let round = -rounds / 4; round < rounds; round += 1) {
    const site = sites[Math.abs(round) % sites.length];
    if (site === undefined) break;
    const start = performance.now();
    renderPreview(site, target);
    if (round >= 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

const at = (times: readonly number[], share: number) => times[Math.floor(times.length * share)] ?? 0;
const median = (values: readonly number[]) =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );

interface Run {
  readonly wallMs: number;
  readonly processorMs: number;
  readonly files: number;
  readonly characters: number;
  readonly heapMib: number;
}

function runOnce(target: RenderTarget): Run {
  const before = process.cpuUsage();
  const start = performance.now();
  const { files } = renderTarget(many, target);
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const characters = files.reduce((sum, file) => sum + (file.kind === 'file' ? file.content.length : 0), 0);
  return { wallMs, processorMs: (user + system) / 1000, files: files.length, characters, heapMib: 0 };
}

/** One run whose result is dropped again; what stays on the heap after it should be the same each time. */
function run(target: RenderTarget): Run {
  const result = runOnce(target);
  collectGarbage();
  return { ...result, heapMib: process.memoryUsage().heapUsed / 1_048_576 };
}

const single = (server: ServerKind, sites: readonly Site[]) => {
  const times = timesOf(sites, targetOf(server));
  return { p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99) };
};

function table(title: string, rows: readonly Readonly<Record<string, string | number>>[]): void {
  console.log(`\n${title}`);
  console.table(rows);
}

const kinds = Object.keys(versions) as ServerKind[];
for (const [name, sites] of [
  ['one site', typical],
  ['one site with 40 locations', [large]],
] as const) {
  const measured = kinds.map((server) => ({ server, ...single(server, sites) }));
  const fastest = Math.min(...measured.map(({ p50 }) => p50));
  table(
    `${name}: ms to its files, ${rounds} rounds`,
    measured.map(({ server, p50, p95, p99 }) => ({
      server,
      p50: p50.toFixed(3),
      p95: p95.toFixed(3),
      p99: p99.toFixed(3),
      ratio: (p50 / fastest).toFixed(2),
    })),
  );
}

const whole = kinds.map((server) => {
  const runs = Array.from({ length: repetitions }, () => run(targetOf(server)));
  const [first] = runs;
  const last = runs.at(-1);
  return {
    server,
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    processorMs: median(runs.map(({ processorMs }) => processorMs)),
    files: first?.files ?? 0,
    megabytes: (first?.characters ?? 0) / 1e6,
    growthMib: (last?.heapMib ?? 0) - (first?.heapMib ?? 0),
  };
});
const quickest = Math.min(...whole.map(({ processorMs }) => processorMs));
table(
  `${manySites} sites for one server: median of ${repetitions}; growth of the heap from the first repetition to the last`,
  whole.map(({ server, wallMs, processorMs, files, megabytes, growthMib }) => ({
    server,
    ms: wallMs.toFixed(0),
    'processor ms': processorMs.toFixed(0),
    files,
    MB: megabytes.toFixed(1),
    'heap MiB': growthMib.toFixed(1),
    ratio: (processorMs / quickest).toFixed(2),
  })),
);

/** The part of esbuild's interface that is used here. It comes with tsx, which this project depends on. */
interface Bundler {
  build(options: Readonly<Record<string, unknown>>): Promise<{
    readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[];
  }>;
}
const require = createRequire(import.meta.url);
const { build }: Bundler = createRequire(require.resolve('tsx'))('esbuild');

/** The application's own bundler sees that nobody uses zod's translations; esbuild keeps them all. */
const withoutTranslations = {
  name: 'without-translations',
  setup: (bundler: {
    onLoad(
      filter: { readonly filter: RegExp },
      load: (file: { readonly path: string }) => { contents: string; resolveDir: string },
    ): void;
  }) =>
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
    external,
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
const withoutPresets = presetIds.map((id) => `./${id}`);
table('the core in the browser: what the site form and its live preview load', [
  { what: 'everything: schema, checks, advice, three servers, presets', ...(await sizeOf(load(editor))) },
  { what: 'the same without the presets', ...(await sizeOf(load(editor), withoutPresets)) },
  { what: 'the same without presets and zod', ...(await sizeOf(load(editor), [...withoutPresets, 'zod'])) },
  {
    what: 'the list of presets alone (every other page)',
    ...(await sizeOf(load(['presets/list']), withoutPresets)),
  },
]);
