import type { Site } from '../schema';

/** A site that could be confused with another: same settings, another name, other addresses, another certificate. */
export const movedSite = (site: Site): Site => ({
  ...site,
  name: 'moved',
  hostnames: ['moved.example.org'],
  tls: site.tls.mode === 'files' ? { ...site.tls, certificate: '/moved.pem' } : site.tls,
  upstreams: site.upstreams.map((upstream) => ({
    ...upstream,
    scheme: 'https',
    servers: [{ address: 'moved.internal', port: 7, weight: 1, backup: false }],
  })),
});
