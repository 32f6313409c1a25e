import { tlsProfiles } from '../../tls/profiles';
import type { Decided } from '../origin';
import type { ResolvedListen, ResolvedTls, ResolvedVhost } from '../resolved';
import type { Site, Tls } from '../schema';
import { byField, byRule } from './decide';

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

/** Port and protocols of a vhost with or without TLS. */
export function listen(site: Site, secure: boolean): ResolvedListen {
  return {
    port: secure ? byField(site.httpsPort, ['httpsPort']) : byField(site.httpPort, ['httpPort']),
    ipv6: byField(site.ipv6, ['ipv6']),
    http2: secure ? byField(site.http2, ['http2']) : plain,
    http3: secure ? byField(site.http3, ['http3']) : plain,
    proxyProtocol: byField(site.proxyProtocol, ['proxyProtocol']),
  };
}

/** Certificate and profile, `null` for plain http. */
export function resolveTls(site: Site, tls: Tls, path: (string | number)[]): ResolvedTls | null {
  if (tls.mode === 'none') return null;
  const profile = byField(
    tlsProfiles[site.tlsProfile],
    ['tlsProfile'],
    `Mozilla's ${site.tlsProfile} profile (guideline 6.0)`,
  );
  if (tls.mode === 'files') {
    return {
      certificate: byField({ kind: 'files', certificatePath: tls.certificate, keyPath: tls.key }, path),
      profile,
    };
  }
  return { certificate: byField({ kind: tls.mode }, path), profile };
}

/** Access log of all vhosts of a site. */
export function log(site: Site): ResolvedVhost['log'] {
  const { access, directory } = site.logs;
  return {
    access: byField(access, ['logs', 'access']),
    directory: directory === undefined ? null : byField(directory, ['logs', 'directory']),
  };
}

/** Whose word about the client's address counts. */
export const trustedProxies = (site: Site) =>
  site.trustedProxies.map((range, index) => byField(range, ['trustedProxies', index], 'your trusted proxy'));
