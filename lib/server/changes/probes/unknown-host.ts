import 'server-only';
import type { ProbeSpec } from '#core/presets/probe-spec';
import type { Answer } from './answer';
import { exchange } from './exchange';
import type { Finding, ProbedSite } from './probed-site';

/** Reserved permanently (RFC 2606), so it is nobody's site. */
const strangeName = 'gatehouse-probe.invalid';

/** A request for a name that is not ours does not get this site's answer. */
export async function probeUnknownHost(
  site: ProbedSite,
  spec: Extract<ProbeSpec, { kind: 'unknown-host' }>,
  signal: AbortSignal,
): Promise<Finding> {
  const own = await site.ordinary(spec.path, signal);
  let strange: Answer;
  try {
    strange = await exchange(site, { path: spec.path, hostname: strangeName }, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const message = 'A request for an unknown name is turned away without an answer.';
    return { status: 'passed', message, detail: { status: null, via: own.via } };
  }
  const detail = { status: strange.status, ownStatus: own.status, via: own.via };
  const same = strange.status === own.status && strange.body === own.body && strange.status < 500;
  if (same && (strange.headers.location ?? '') === (own.headers.location ?? '')) {
    return { status: 'failed', message: 'A request for any other name gets this site too.', detail };
  }
  return {
    status: 'passed',
    message: `A request for an unknown name does not get this site (${strange.status}).`,
    detail,
  };
}
