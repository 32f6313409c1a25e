import { presets } from '../presets';
import { publicAddress, publicPath, publicPrefix, publicUrl } from '../site/public-url';
import type { Site } from '../site/schema';
import type { ProbeSpec } from './probe-spec';

/** Reserved for ever (RFC 2606): whoever believes it believes anything. */
const forgedName = 'forged.gatehouse-probe.invalid';
/** What a page may answer to somebody who has not signed in or comes from an address that is not let in. */
const turnedAway = [302, 303, 307, 401, 403];

/**
 * The checks that fit a site: what every site promises (redirect, certificate, name, forwarded headers) and what its preset adds. Where
 * the site asks visitors for a sign-in, or lets only some addresses in, the checks of the application behind stop at that door.
 */
export function siteProbes(site: Site): ProbeSpec[] {
  const preset = presets[site.preset];
  const path = (appPath: string) => publicPath(site.prefix, appPath);
  const secure = site.tls.mode !== 'none';
  const own = preset.probes(path);
  const guarded = isGuarded(site);
  return [
    ...(secure ? transport(site) : []),
    ...(guarded ? own.flatMap(atTheDoor) : own),
    ...(guarded ? [] : [spoof(site, path(preset.healthPath))]),
    { kind: 'unknown-host', path: publicPrefix(site.prefix) },
  ];
}

function transport(site: Site): ProbeSpec[] {
  return [
    {
      kind: 'redirect',
      path: publicPrefix(site.prefix),
      status: site.redirectStatus,
      location: publicUrl(site),
    },
    { kind: 'certificate', hostnames: [...site.hostnames], trusted: site.tls.mode !== 'self-signed' },
  ];
}

function isGuarded({ access }: Site): boolean {
  return access.auth.mode !== 'none' || access.ip.allow.length > 0 || access.ip.deny.length > 0;
}

function atTheDoor(spec: ProbeSpec): ProbeSpec[] {
  if (spec.kind !== 'page') return [];
  return [{ kind: 'page', path: spec.path, statuses: [...new Set([...spec.statuses, ...turnedAway])] }];
}

function spoof(site: Site, path: string): ProbeSpec {
  const { scheme } = publicAddress(site);
  return {
    kind: 'spoof',
    path,
    headers: {
      'X-Forwarded-Host': forgedName,
      'X-Forwarded-Proto': scheme === 'https' ? 'http' : 'https',
      Forwarded: `host=${forgedName};proto=${scheme === 'https' ? 'http' : 'https'}`,
    },
  };
}
