import 'server-only';
import type { Site } from '#core/site/schema';
import type { PlannedSite } from './load-plan-targets';

/** Probes before the apply mean something only where the site runs at the same public address already. */
export function runsAlready({ document, running }: Pick<PlannedSite, 'document' | 'running'>): boolean {
  if (!document || !running) return false;
  const address = ({ hostnames, httpPort, httpsPort, tls, prefix }: Site) =>
    JSON.stringify([hostnames[0], httpPort, httpsPort, tls.mode === 'none', prefix]);
  return address(document) === address(running);
}
