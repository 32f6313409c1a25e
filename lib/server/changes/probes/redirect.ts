import 'server-only';
import type { ProbeSpec } from '#core/presets/probe-spec';
import { exchange, explainStatus } from './exchange';
import type { Finding, ProbedSite } from './probed-site';

/** Plain http leads to the public https address, with exactly this status and location. */
export async function probeRedirect(
  site: ProbedSite,
  spec: Extract<ProbeSpec, { kind: 'redirect' }>,
  signal: AbortSignal,
): Promise<Finding> {
  if (!site.tls) return { status: 'skipped', message: 'The site has no https to redirect to.', detail: {} };
  const { status, headers, via } = await exchange(site, { path: spec.path, plain: true }, signal);
  const location = headers.location ?? null;
  const detail = { status, location, via };
  if (status !== spec.status) {
    const message = `Plain http answers ${explainStatus(status)} instead of redirecting with ${spec.status}.`;
    return { status: 'failed', message, detail };
  }
  if (location !== spec.location) {
    const message = `Plain http leads to ${location ?? 'nowhere'} instead of ${spec.location}.`;
    return { status: 'failed', message, detail };
  }
  return { status: 'passed', message: `Plain http leads to ${location} (${status}).`, detail };
}
