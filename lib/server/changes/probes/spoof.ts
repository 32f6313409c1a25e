import 'server-only';
import type { ProbeSpec } from '#core/presets/probe-spec';
import type { Answer } from './answer';
import { exchange } from './exchange';
import type { Finding, ProbedSite } from './probed-site';

/** Forged forwarding headers of a client change nothing: same status, same redirect, and no forged name comes back. */
export async function probeSpoof(
  site: ProbedSite,
  spec: Extract<ProbeSpec, { kind: 'spoof' }>,
  signal: AbortSignal,
): Promise<Finding> {
  const honest = await site.ordinary(spec.path, signal);
  const forged = await exchange(site, { path: spec.path, headers: spec.headers }, signal);
  const detail = {
    status: forged.status,
    honestStatus: honest.status,
    location: forged.headers.location ?? null,
    via: forged.via,
  };
  const failed = (message: string): Finding => ({ status: 'failed', message, detail });
  if (forged.status !== honest.status) {
    return failed(
      `Forged headers change the answer of ${spec.path} from ${honest.status} to ${forged.status}.`,
    );
  }
  if ((forged.headers.location ?? null) !== (honest.headers.location ?? null)) {
    return failed(
      `Forged headers change where ${spec.path} leads to: ${forged.headers.location ?? 'nowhere'}.`,
    );
  }
  const leaked = Object.entries(spec.headers).find(
    ([, value]) => isTelling(value) && appears(forged, value) && !appears(honest, value),
  );
  if (leaked)
    return failed(`The forged ${leaked[0]} header comes back in the answer of ${spec.path}: it is believed.`);
  const location = honest.headers.location;
  if (location && leavesSite(location, site)) {
    return failed(`${spec.path} leads away from the public address, to ${location}.`);
  }
  return {
    status: 'passed',
    message: `Forged headers do not change the answer of ${spec.path} (${honest.status}).`,
    detail,
  };
}

/** Values such as `http` or `80` turn up on any page; a name does not. */
const isTelling = (value: string) => value.length >= 8;

function appears(answer: Answer, value: string): boolean {
  const headers = Object.values(answer.headers).flat();
  return answer.body.includes(value) || headers.some((each) => each?.includes(value));
}

/** An absolute redirect to the upstream's own address means that the application does not know its public one. */
function leavesSite(location: string, site: ProbedSite): boolean {
  if (!/^https?:\/\//i.test(location)) return false;
  const { hostname, protocol } = new URL(location);
  // A sign-in at another name is fine; the own name under the wrong scheme or a bare local address is not.
  if (hostname === site.hostname) return protocol !== new URL(site.origin).protocol;
  return /^(?:localhost|127\.|10\.|192\.168\.|\[::1\])/.test(hostname);
}
