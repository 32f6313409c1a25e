import { performance } from 'node:perf_hooks';
import { presetIds } from '#core/presets/index';
import { renderPreview, renderTarget } from '#core/servers/render';
import type { RenderTarget, ServerKind } from '#core/servers/types';
import { defaultSite } from '#core/site/default-site';

/** `npm run bench`: how long rendering takes, side by side for the three web servers in one run. */
const versions: Record<ServerKind, string> = { nginx: '1.26.3', apache: '2.4.62', caddy: '2.8.4' };
const rounds = 400;
const manySites = 10_000;

const targetOf = (server: ServerKind): RenderTarget => ({
  server,
  version: versions[server],
  openssl: '3.0.15',
  layout: 'debian',
  modules: null,
});

function timesOf(work: (round: number) => unknown): number[] {
  for (let round = 0; round < rounds / 4; round += 1) work(round);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    work(round);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

const rows = (Object.keys(versions) as ServerKind[]).map((server) => {
  const target = targetOf(server);
  const sites = presetIds.map((id) => defaultSite(id, `bench-${id}`, `${id}.example.com`));
  const times = timesOf((round) =>
    renderPreview(sites[round % sites.length] ?? defaultSite('generic', 'x', 'x.example.com'), target),
  );
  const many = Array.from({ length: manySites }, (_, index) =>
    defaultSite(presetIds[index % presetIds.length] ?? 'generic', `site-${index}`, `ci-${index}.example.com`),
  );
  const start = performance.now();
  const { files } = renderTarget(many, target);
  const allMs = performance.now() - start;
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(3);
  return {
    server,
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'p99 ms': at(0.99),
    [`${manySites} sites ms`]: allMs.toFixed(0),
    files: files.length,
    allMs,
  };
});
const fastest = Math.min(...rows.map(({ allMs }) => allMs));
console.table(rows.map(({ allMs, ...row }) => ({ ...row, ratio: (allMs / fastest).toFixed(2) })));
