import type { ResolvedServer, ResolvedUpstream } from '../../../resolve/resolved';
import { also } from '../../../site/origin';
import type { RenderTarget } from '../../../web-server/render-target';
import { because, can } from '../capabilities';
import { type Argument, block, type Directive, directive, type Node, variable } from '../tree';
import type { IssueList } from './issue-list';

/** Name of an upstream block. Slugs hold no underscore, so two sites can never make the same name. */
export const upstreamSymbol = (site: string, upstream: string) => `gatehouse_${site}_${upstream}`;

/**
 * `upstream … { server …; }`. No keepalive connections: a connection that the application closes while idle makes a POST fail, and a new one to a
 * near machine costs little.
 */
export function upstreamBlock(
  site: string,
  upstream: ResolvedUpstream,
  target: RenderTarget,
  issues: IssueList,
): Directive {
  return block(
    upstream.origin,
    'upstream',
    [upstreamSymbol(site, upstream.name)],
    [...policy(site, upstream, target, issues), ...upstream.servers.map(server)],
  );
}

// The method goes before the servers; after `keepalive` or twice it is a warning.
function policy(
  site: string,
  upstream: ResolvedUpstream,
  target: RenderTarget,
  issues: IssueList,
): readonly Node[] {
  const { value, origin } = upstream.policy;
  if (upstream.servers.length === 1 || value === 'round-robin') return [];
  if (value === 'least-connections') return [directive(origin, 'least_conn')];
  if (upstream.servers.some(({ backup }) => backup)) {
    issues.error(
      'nginx.backup-with-sticky',
      origin.path,
      'nginx has no backup servers in a group that keeps clients on one server',
      'Remove the backup mark or choose round-robin.',
    );
  }
  if (value === 'client-address') return [directive(origin, 'hash', variable('remote_addr'), 'consistent')];
  if (can(target, 'stickyCookie'))
    return [
      directive(
        also(origin, because(target, 'stickyCookie')),
        'sticky',
        'cookie',
        `gatehouse_${site}`,
        'path=/',
        'httponly',
      ),
    ];
  issues.gated(
    'nginx.sticky-cookie',
    'stickyCookie',
    origin.path,
    'keeping clients on one server by a cookie',
    'Choose “client address”.',
  );
  return [];
}

function server(entry: ResolvedServer): Directive {
  const options: Argument[] = [];
  if (entry.weight !== 1) options.push(`weight=${entry.weight}`);
  if (entry.backup) options.push('backup');
  return directive(entry.origin, 'server', serverAddress(entry), ...options);
}

function serverAddress(entry: ResolvedServer): string {
  if (entry.kind === 'unix') return `unix:${entry.path}`;
  return entry.family === 'ipv6' ? `[${entry.address}]:${entry.port}` : `${entry.address}:${entry.port}`;
}
