import 'server-only';
import { setMaxListeners } from 'node:events';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import { siteProbes } from '#core/probe/site-probes';
import type { Site } from '#core/site/schema';
import type { Transport } from '#server/hosts/ssh/transport';
import { mapBounded } from '#server/platform/jobs/map-bounded';
import { openReach } from '../../hosts/reach';
import { probedPorts, probeSite } from './probe-site';

interface Probed {
  readonly transport: Transport;
  /** Address of the enrolled host, `null` where it means nothing from here: behind a jump host. */
  readonly address: string | null;
  readonly sites: readonly { readonly document: Site | null }[];
  /** The host's clock minus ours. */
  readonly clockOffsetMs: number;
  readonly signal?: AbortSignal;
}

const sitesAtOnce = 4;
/** What "this machine" is called where the dashboard runs on the host itself. */
const loopback = '127.0.0.1';

/** Runs all checks that fit the given sites through the web server of one host. Never throws. */
export async function probeTarget({
  transport,
  address,
  sites,
  clockOffsetMs,
  signal,
}: Probed): Promise<ProbeOutcome[]> {
  const documents = sites.flatMap(({ document }) => (document ? [document] : []));
  // Each check listens while it runs, and many run side by side: no leak.
  if (signal) setMaxListeners(0, signal);
  // One for all sites, so that the way that works is found once.
  const reach = openReach(
    {
      address: transport.kind === 'local' ? loopback : address,
      forward: (port) => transport.forward(loopback, port),
      clockOffsetMs,
    },
    documents.flatMap(probedPorts),
  );
  const outcomes = await mapBounded(documents, sitesAtOnce, (document) =>
    probeSite(document, siteProbes(document), reach, signal),
  );
  return outcomes.flat();
}
