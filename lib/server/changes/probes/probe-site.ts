import 'server-only';
import type { ProbeSpec } from '#core/presets/probe-spec';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import { listeningPorts } from '#core/site/listening-ports';
import { canonicalHostname, publicOrigin } from '#core/site/public-url';
import type { Site } from '#core/site/schema';
import { mapBounded } from '#server/platform/jobs/map-bounded';
import { OutOfReach, type Reach } from '../../hosts/reach';
import type { Answer } from './answer';
import { probeCertificate } from './certificate';
import { probeEventStream } from './event-stream';
import { exchange } from './exchange';
import { probePage } from './page';
import type { Finding, ProbedSite } from './probed-site';
import { probeRedirect } from './redirect';
import { probeSpoof } from './spoof';
import { probeUnknownHost } from './unknown-host';
import { probeWebSocket } from './websocket';

const outcomeKind = {
  redirect: 'redirect',
  certificate: 'certificate',
  page: 'page',
  websocket: 'websocket',
  'event-stream': 'event-stream',
  spoof: 'forwarded-headers',
  'unknown-host': 'unknown-host',
} as const satisfies Record<ProbeSpec['kind'], ProbeOutcome['kind']>;

const concurrency = 4;
const defaultTimeoutMs = 10_000;

/** Runs the checks of one site through its web server. Never throws: whatever goes wrong is a failed outcome with a sentence. */
export async function probeSite(
  document: Site,
  specs: readonly ProbeSpec[],
  reach: Reach,
  signal?: AbortSignal,
): Promise<ProbeOutcome[]> {
  const site = probedSite(document, reach);
  return mapBounded(specs, concurrency, async (spec) => {
    const startedAt = performance.now();
    const finding = await withDeadline(spec, signal, (deadline) => probe(site, spec, deadline));
    const durationMs = Math.round(performance.now() - startedAt);
    const path = 'path' in spec ? { path: spec.path } : {};
    return {
      site: site.name,
      kind: outcomeKind[spec.kind],
      status: finding.status,
      message: finding.message,
      detail: { ...path, ...finding.detail },
      durationMs,
    };
  });
}

/** Ports of a site's web server that probes may connect to. */
export function probedPorts(document: Site): number[] {
  return listeningPorts(document).map(({ port }) => port);
}

function probedSite(document: Site, reach: Reach): ProbedSite {
  const tls = document.tls.mode !== 'none';
  const answers = new Map<string, Promise<Answer>>();
  const site: ProbedSite = {
    name: document.name,
    // A site with wildcard names only is asked for one of the names it covers.
    hostname: canonicalHostname(document).replace(/^\*/, 'gatehouse-probe'),
    origin: publicOrigin(document),
    httpPort: document.httpPort,
    port: tls ? document.httpsPort : document.httpPort,
    tls,
    proxyProtocol: document.proxyProtocol,
    reach,
    ordinary(path, signal) {
      const answer = answers.get(path) ?? exchange(site, { path }, signal);
      answers.set(path, answer);
      return answer;
    },
  };
  return site;
}

function probe(site: ProbedSite, spec: ProbeSpec, signal: AbortSignal): Promise<Finding> {
  switch (spec.kind) {
    case 'redirect':
      return probeRedirect(site, spec, signal);
    case 'certificate':
      return probeCertificate(site, spec, signal);
    case 'page':
      return probePage(site, spec, signal);
    case 'websocket':
      return probeWebSocket(site, spec, signal);
    case 'event-stream':
      return probeEventStream(site, spec, signal);
    case 'spoof':
      return probeSpoof(site, spec, signal);
    case 'unknown-host':
      return probeUnknownHost(site, spec, signal);
  }
}

/** Ends when its time is up, whatever it waits for: a stream through a broken link may never say that it was closed. */
async function withDeadline(
  spec: ProbeSpec,
  signal: AbortSignal | undefined,
  run: (deadline: AbortSignal) => Promise<Finding>,
): Promise<Finding> {
  const timeoutMs =
    spec.kind === 'event-stream' ? spec.firstBytesWithinSeconds * 1000 + defaultTimeoutMs : defaultTimeoutMs;
  const deadline = new AbortController();
  const over = new Promise<never>((_, reject) => {
    deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason), { once: true });
  });
  const late = new Error(`No answer within ${timeoutMs / 1000} s.`);
  const timer = setTimeout(() => deadline.abort(late), timeoutMs);
  const cancel = () => deadline.abort(new Error('cancelled'));
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    return await Promise.race([run(deadline.signal), over]);
  } catch (error) {
    if (error instanceof OutOfReach)
      return { status: 'skipped', message: error.message, detail: { unreachable: true } };
    const message = deadline.signal.reason === late ? late.message : `No answer: ${errorText(error)}`;
    return { status: 'failed', message, detail: {} };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

const errorText = (error: unknown) => (error instanceof Error ? error.message : String(error));
