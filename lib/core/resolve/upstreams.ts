import type { Site, Upstream, UpstreamServer } from '../site/schema';
import { byField } from './decide';
import type { ResolvedServer, ResolvedUpstream, UpstreamTls } from './resolved';

/** Upstreams of the document with addresses told apart and TLS names decided. */
export function resolveUpstreams(site: Site): readonly ResolvedUpstream[] {
  return site.upstreams.map((upstream, index) => {
    const path = ['upstreams', index];
    return {
      name: upstream.name,
      origin: { path, why: `upstream ${upstream.name}` },
      protocol: upstream.scheme === 'h2c' || upstream.scheme === 'h2' ? 'h2' : 'http/1.1',
      servers: upstream.servers.map((server, position) =>
        resolveServer(server, [...path, 'servers', position]),
      ),
      policy: byField(upstream.policy, [...path, 'policy']),
      tls: usesTls(upstream) ? upstreamTls(upstream, path) : null,
      authority: authority(upstream),
    };
  });
}

function resolveServer(server: UpstreamServer, path: (string | number)[]): ResolvedServer {
  const { weight, backup } = server;
  const origin = { path, why: 'your upstream server' };
  if ('socket' in server) return { kind: 'unix', path: server.socket, weight, backup, origin };
  return {
    kind: 'tcp',
    address: server.address,
    family: familyOf(server.address),
    port: server.port,
    weight,
    backup,
    origin,
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' | 'name' {
  if (address.includes(':')) return 'ipv6';
  return /^[\d.]+$/.test(address) ? 'ipv4' : 'name';
}

const usesTls = (upstream: Upstream) => upstream.scheme === 'https' || upstream.scheme === 'h2';

function upstreamTls(upstream: Upstream, path: (string | number)[]): UpstreamTls {
  const first = upstream.servers[0];
  const named = first && 'address' in first && familyOf(first.address) === 'name' ? first.address : undefined;
  const serverName = upstream.serverName
    ? byField(upstream.serverName, [...path, 'serverName'])
    : named
      ? byField(named, [...path, 'servers', 0, 'address'], 'name of the first server')
      : null;
  return { verify: byField(upstream.verify, [...path, 'verify']), serverName };
}

function authority(upstream: Upstream): string {
  const first = upstream.servers[0];
  if (!first || 'socket' in first) return upstream.serverName ?? 'localhost';
  const name = familyOf(first.address) === 'ipv6' ? `[${first.address}]` : first.address;
  const defaultPort = usesTls(upstream) ? 443 : 80;
  return first.port === defaultPort ? name : `${name}:${first.port}`;
}
