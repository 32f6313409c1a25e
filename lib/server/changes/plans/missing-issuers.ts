import 'server-only';
import type { Issue } from '#core/issue';
import type { Site } from '#core/site/schema';
import { acmeCertificates } from '#core/tls/acme-certificates';

/** Certificates of the chosen sites from an issuer that the team does not have: the site would go on with placeholders for them. */
export function missingIssuers(documents: readonly Site[], known: ReadonlySet<string>): Issue[] {
  return documents.flatMap((site) =>
    acmeCertificates(site)
      .filter(({ issuer }) => !known.has(issuer))
      .map(({ issuer, name }) => ({
        code: 'plan.issuer-missing',
        severity: 'error' as const,
        path: issuerField(site, name),
        message: `There is no issuer ${issuer} in this team.`,
        hint: 'Add it in Settings → Issuers, or choose another one for the site.',
        site: site.name,
      })),
  );
}

function issuerField(site: Site, certificate: string): Issue['path'] {
  const index = site.extraHosts.findIndex(({ purpose }) => certificate === `${site.name}.${purpose}`);
  return index < 0 ? ['tls', 'issuer'] : ['extraHosts', index, 'tls', 'issuer'];
}
