import type { Site } from '../site/schema';

/** A certificate that the dashboard obtains for a site: a policy, from which each one that is issued follows. */
export interface AcmePolicy {
  /** `ci`, or `ci.agents` for an extra host with a certificate of its own. */
  readonly name: string;
  readonly issuer: string;
  readonly profile: string | null;
  readonly keyType: 'ecdsa' | 'rsa';
  readonly hostnames: readonly string[];
}

/** All certificates of a site that are obtained from an issuer. */
export function acmeCertificates(site: Site): readonly AcmePolicy[] {
  const shared = site.extraHosts.filter(({ tls }) => tls === undefined);
  const parts = [
    {
      name: site.name,
      tls: site.tls,
      hostnames: [...site.hostnames, ...shared.flatMap((each) => each.hostnames), ...site.aliases.hostnames],
    },
    ...site.extraHosts.flatMap(({ tls, purpose, hostnames }) =>
      tls ? [{ name: `${site.name}.${purpose}`, tls, hostnames }] : [],
    ),
  ];
  return parts.flatMap(({ name, tls, hostnames }) =>
    tls.mode === 'acme'
      ? [
          {
            name,
            issuer: tls.issuer,
            profile: tls.profile ?? null,
            keyType: tls.keyType ?? 'ecdsa',
            hostnames: [...new Set(hostnames)],
          },
        ]
      : [],
  );
}
