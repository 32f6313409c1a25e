import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { renderPreview, renderTarget } from '#core/servers/render';
import type { Site } from '#core/site/schema';
import type { RenderTarget, ServerKind } from '#core/web-server/render-target';
import { printTable } from './print-table';
import { median, quantile } from './quantile';
import { largeSite, manySites, typicalSites } from './sample-sites';

const versions: Record<ServerKind, string> = { nginx: '1.26.3', apache: '2.4.62', caddy: '2.8.4' };
const servers = Object.keys(versions) as ServerKind[];
const rounds = 3000;
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

function timesOf(sites: readonly Site[], target: RenderTarget): readonly number[] {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const site = sites[round % sites.length];
    if (site === undefined) break;
    const start = performance.now();
    renderPreview(site, target);
    times.push(performance.now() - start);
  }
  return times;
}

/** As in a server that has been up for a while: what is compiled is compiled before, for all three. Garbage collection is in the times. */
function oneSite(title: string, sites: readonly Site[]): void {
  for (const server of servers) timesOf(sites, targetOf(server));
  const measured = servers.map((server) => ({ server, times: timesOf(sites, targetOf(server)) }));
  const fastest = Math.min(...measured.map(({ times }) => median(times)));
  printTable(
    `${title}: ms to its files, ${rounds} rounds after as many to warm up, garbage collection included`,
    measured.map(({ server, times }) => ({
      server,
      p50: median(times).toFixed(3),
      p95: quantile(times, 0.95).toFixed(3),
      p99: quantile(times, 0.99).toFixed(3),
      ratio: (median(times) / fastest).toFixed(2),
    })),
  );
}

interface Run {
  readonly wallMs: number;
  readonly processorMs: number;
  readonly files: number;
  readonly characters: number;
  readonly heapMib: number;
}

function renderAll(sites: readonly Site[], target: RenderTarget): Omit<Run, 'heapMib'> {
  const before = process.cpuUsage();
  const start = performance.now();
  const { files } = renderTarget(sites, target);
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const characters = files.reduce((sum, file) => sum + (file.kind === 'file' ? file.content.length : 0), 0);
  return { wallMs, processorMs: (user + system) / 1000, files: files.length, characters };
}

/** One run whose result is dropped again; what stays on the heap after it should be the same each time. */
function measure(sites: readonly Site[], target: RenderTarget): Run {
  const result = renderAll(sites, target);
  collectGarbage();
  return { ...result, heapMib: process.memoryUsage().heapUsed / 1_048_576 };
}

function allSites(count: number): void {
  const sites = manySites(count);
  const whole = servers.map((server) => {
    const runs = Array.from({ length: repetitions }, () => measure(sites, targetOf(server)));
    const growthMib = (runs.at(-1)?.heapMib ?? 0) - (runs[0]?.heapMib ?? 0);
    return { server, runs, processorMs: median(runs.map((run) => run.processorMs)), growthMib };
  });
  const quickest = Math.min(...whole.map(({ processorMs }) => processorMs));
  printTable(
    `${count} sites for one server: median of ${repetitions}; growth of the heap from the first repetition to the last`,
    whole.map(({ server, runs, processorMs, growthMib }) => ({
      server,
      ms: median(runs.map(({ wallMs }) => wallMs)).toFixed(0),
      'processor ms': processorMs.toFixed(0),
      files: runs[0]?.files ?? 0,
      MB: ((runs[0]?.characters ?? 0) / 1e6).toFixed(1),
      'heap MiB': growthMib.toFixed(1),
      ratio: (processorMs / quickest).toFixed(2),
    })),
  );
}

/** How long a site document takes to its files, side by side for the three web servers. */
export function measureRendering(): void {
  oneSite('one site', typicalSites);
  oneSite('one site with 40 locations', [largeSite]);
  allSites(10_000);
}
