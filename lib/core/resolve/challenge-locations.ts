import type { Site } from '../site/schema';
import { acmeField, acmeLocation } from './acme-location';
import { challengeDirectory } from './certificate-paths';
import type { DraftLocation } from './matches';
import type { ResolvedVhost } from './resolved';

/** Where http-01 challenges are answered: from the directory that the document names, or from our own. */
export function challengeLocations(site: Site, secure: readonly ResolvedVhost[]): readonly DraftLocation[] {
  if (site.acmeDirectory !== undefined) return [acmeLocation([], site.acmeDirectory, acmeField)];
  const issued = secure.find(({ tls }) => tls?.certificate.value.kind === 'acme')?.tls?.certificate;
  return issued
    ? [acmeLocation([], challengeDirectory, { ...issued.origin, why: 'the issuer’s challenges' })]
    : [];
}
