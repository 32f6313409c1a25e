import { certificatePaths } from '../resolve/certificate-paths';
import type { ResolvedSite } from '../resolve/resolved';
import type { RenderTarget } from '../web-server/render-target';
import type { MadeCertificate } from './types';

/** The certificates of a site that the host makes by itself: self-signed ones, and placeholders until an ACME certificate is there. */
export function siteCertificates(site: ResolvedSite, target: RenderTarget): readonly MadeCertificate[] {
  const made = new Map<string, MadeCertificate>();
  for (const { tls, hostnames } of site.vhosts) {
    const kind = tls?.certificate.value.kind;
    if (!tls || (kind !== 'self-signed' && kind !== 'acme')) continue;
    const paths = certificatePaths(tls.certificate, target, site.name);
    const names = hostnames.map(({ value }) => value);
    const before = made.get(paths.certificatePath)?.hostnames ?? [];
    made.set(paths.certificatePath, {
      site: site.name,
      kind,
      ...paths,
      hostnames: [...new Set([...before, ...names])],
    });
  }
  return [...made.values()];
}
