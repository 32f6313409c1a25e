import type { Prefix, Site } from './schema';

type Addressed = Pick<Site, 'hostnames' | 'tls' | 'httpsPort' | 'httpPort' | 'publicAddress' | 'prefix'>;

/** Scheme and port under which people reach the site. */
export function publicAddress(site: Addressed): { scheme: 'http' | 'https'; port: number } {
  if (site.publicAddress) return site.publicAddress;
  return site.tls.mode === 'none'
    ? { scheme: 'http', port: site.httpPort }
    : { scheme: 'https', port: site.httpsPort };
}

/** `:8443`, or nothing where the port is the scheme's own. */
export function portSuffix({ scheme, port }: { scheme: 'http' | 'https'; port: number }): string {
  return port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`;
}

/** `https://ci.example.com:8443`, without a trailing slash. */
export function publicOrigin(site: Addressed): string {
  const address = publicAddress(site);
  return `${address.scheme}://${canonicalHostname(site)}${portSuffix(address)}`;
}

/** Canonical public URL of the site with trailing slash: `https://ci.example.com/buildbot/`. */
export function publicUrl(site: Addressed): string {
  return publicOrigin(site) + publicPrefix(site.prefix);
}

/** The name the application is told; a wildcard stands for no single name, so a literal one goes first. */
export function canonicalHostname(site: { readonly hostnames: readonly string[] }): string {
  return site.hostnames.find((name) => !name.startsWith('*')) ?? site.hostnames[0] ?? '';
}

/** Path below which the site is served, `/` for the root. */
export function publicPrefix(prefix: Prefix): string {
  return prefix.mode === 'fixed' || prefix.mode === 'keep' || prefix.mode === 'strip' ? prefix.path : '/';
}

/** Public path of a path as the preset and the site document write it: below a kept or stripped prefix, unchanged otherwise. */
export function publicPath(prefix: Prefix, path: string): string {
  return prefix.mode === 'keep' || prefix.mode === 'strip' ? prefix.path + path.slice(1) : path;
}
