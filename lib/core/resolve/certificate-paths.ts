import { selfSignedPaths } from '../tls/self-signed-paths';
import type { LayoutId, ServerKind } from '../web-server/render-target';
import type { ResolvedTls } from './resolved';

export interface CertificatePaths {
  readonly certificatePath: string;
  readonly keyPath: string;
}

/** Where challenges of certificates that the dashboard obtains are answered from. The helper makes it. */
export const challengeDirectory = '/var/lib/gatehouse-acme';

/**
 * Directory of one ACME certificate on one web server of a host: a directory for each generation of key and chain, and the link `current` to the
 * one that is served. Web servers of one host have keys of their own, since they run as accounts of their own.
 */
export const acmeDirectoryOf = (server: ServerKind, certificate: string): string =>
  `/etc/gatehouse/tls/acme/${server}/${certificate}`;

/** What the link to the served generation is called, and what a generation holds. */
export const currentLink = 'current';

/** The files that a web server reads for a vhost. What gets its certificate by itself is given the self-signed paths, which it does not use. */
export function certificatePaths(
  { value }: ResolvedTls['certificate'],
  target: { readonly server: ServerKind; readonly layout: LayoutId },
  site: string,
): CertificatePaths {
  if (value.kind === 'files') return value;
  if (value.kind !== 'acme') return selfSignedPaths(target.layout, site);
  const current = `${acmeDirectoryOf(target.server, value.name)}/${currentLink}`;
  return { certificatePath: `${current}/chain.pem`, keyPath: `${current}/key.pem` };
}
