import type { Site } from './schema';

/** Port of the first server of the first upstream; `undefined` for a unix socket. */
export function upstreamPort(site: Pick<Site, 'upstreams'>): number | undefined {
  const server = site.upstreams[0]?.servers[0];
  return server && 'port' in server ? server.port : undefined;
}
