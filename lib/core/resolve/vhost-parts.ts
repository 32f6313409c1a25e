import type { Decided } from '../site/origin';
import type { Site, Tls } from '../site/schema';
import { tlsProfiles } from '../tls/profiles';
import { byField, byRule, fieldOrigin } from './decide';
import type { ResolvedListen, ResolvedTls, ResolvedVhost } from './resolved';

/** Names with their fields, a literal one first. */
export function hostnames(
  names: readonly string[],
  path: readonly (string | number)[],
): readonly Decided<string>[] {
  const decided = names.map((name, index) => byField(name, [...path, index], 'your host name'));
  // The first one stands for the site wherever a single name is needed.
  return decided.sort((a, b) => Number(a.value.startsWith('*')) - Number(b.value.startsWith('*')));
}

const plain = byRule(false, 'browsers speak it over TLS only');

// Made once: thousands of sites share them.
const origins = {
  httpsPort: fieldOrigin('httpsPort'),
  httpPort: fieldOrigin('httpPort'),
  ipv6: fieldOrigin('ipv6'),
  http2: fieldOrigin('http2'),
  http3: fieldOrigin('http3'),
  proxyProtocol: fieldOrigin('proxyProtocol'),
  logAccess: fieldOrigin('logs', 'access'),
  logDirectory: fieldOrigin('logs', 'directory'),
};

const profiles = {
  modern: byField(tlsProfiles.modern, ['tlsProfile'], 'Mozilla’s modern profile (guideline 6.0)'),
  intermediate: byField(
    tlsProfiles.intermediate,
    ['tlsProfile'],
    'Mozilla’s intermediate profile (guideline 6.0)',
  ),
};

/** Port and protocols of a vhost with or without TLS. */
export function listen(site: Site, secure: boolean): ResolvedListen {
  return {
    port: secure
      ? { value: site.httpsPort, origin: origins.httpsPort }
      : { value: site.httpPort, origin: origins.httpPort },
    ipv6: { value: site.ipv6, origin: origins.ipv6 },
    http2: secure ? { value: site.http2, origin: origins.http2 } : plain,
    http3: secure ? { value: site.http3, origin: origins.http3 } : plain,
    proxyProtocol: { value: site.proxyProtocol, origin: origins.proxyProtocol },
  };
}

/** Certificate and profile, `null` for plain http. */
export function resolveTls(
  site: Site,
  tls: Tls,
  path: (string | number)[],
  certificate: string,
): ResolvedTls | null {
  if (tls.mode === 'none') return null;
  const profile = profiles[site.tlsProfile];
  if (tls.mode === 'files') {
    return {
      certificate: byField({ kind: 'files', certificatePath: tls.certificate, keyPath: tls.key }, path),
      profile,
    };
  }
  if (tls.mode === 'acme') {
    return {
      certificate: byField({ kind: 'acme', name: certificate }, path, `issued by ${tls.issuer}`),
      profile,
    };
  }
  return { certificate: byField({ kind: tls.mode }, path), profile };
}

/** Access log of all vhosts of a site. */
export function log(site: Site): ResolvedVhost['log'] {
  const { access, directory } = site.logs;
  return {
    access: { value: access, origin: origins.logAccess },
    directory: directory === undefined ? null : { value: directory, origin: origins.logDirectory },
  };
}

/** Whose word about the client's address counts. */
export const trustedProxies = (site: Site) =>
  site.trustedProxies.map((range, index) => byField(range, ['trustedProxies', index], 'your trusted proxy'));
