import type { Issue } from '../issue';
import type { ResolvedSite, ResolvedVhost } from '../site/resolved';
import { can } from './nginx/capabilities';
import type { RenderTarget } from './types';

interface Seen {
  readonly site: string;
  readonly vhost: ResolvedVhost;
}

/** Findings that no site shows alone: names used twice, and sockets that two sites want to be different. */
export function checkTogether(sites: readonly ResolvedSite[], target: RenderTarget): readonly Issue[] {
  const issues: Issue[] = [];
  const byAddress = new Map<string, Seen>();
  const byPort = new Map<number, Seen>();
  for (const site of sites) {
    for (const vhost of site.vhosts) {
      const port = vhost.listen.port.value;
      for (const { value, origin } of vhost.hostnames) {
        const known = byAddress.get(`${value}:${port}`);
        if (known === undefined) byAddress.set(`${value}:${port}`, { site: site.name, vhost });
        else if (known.site !== site.name) {
          issues.push({
            code: 'target.duplicate-hostname',
            severity: 'error',
            path: origin.path ?? ['hostnames'],
            message: `${value} on port ${port} belongs to site ${known.site} already`,
            hint: 'Use another name or another port.',
            site: site.name,
          });
        }
      }
      const first = byPort.get(port);
      if (first === undefined) byPort.set(port, { site: site.name, vhost });
      else if (first.site !== site.name)
        issues.push(...socketIssues(first, { site: site.name, vhost }, target));
    }
  }
  return issues;
}

/** One port is one socket: TLS and the PROXY protocol are decided for all of its sites, HTTP/2 for all of them in older nginx. */
function socketIssues(first: Seen, other: Seen, target: RenderTarget): readonly Issue[] {
  const { listen } = other.vhost;
  const port = listen.port.value;
  const conflict = (path: Issue['path'], code: string, what: string): Issue => ({
    code,
    severity: 'error',
    path,
    message: `port ${port} is used by site ${first.site} ${what}`,
    hint: 'Use the same setting in both sites, or another port.',
    site: other.site,
  });
  const issues: Issue[] = [];
  if ((first.vhost.tls === null) !== (other.vhost.tls === null)) {
    issues.push(
      conflict(
        listen.port.origin.path ?? [],
        'target.tls-conflict',
        first.vhost.tls ? 'with TLS' : 'without TLS',
      ),
    );
  }
  if (first.vhost.listen.proxyProtocol.value !== listen.proxyProtocol.value) {
    issues.push(
      conflict(
        ['proxyProtocol'],
        'target.proxy-protocol-conflict',
        first.vhost.listen.proxyProtocol.value ? 'with the PROXY protocol' : 'without the PROXY protocol',
      ),
    );
  }
  const wantsHttp2 = first.vhost.listen.http2.value;
  if (
    target.server === 'nginx' &&
    wantsHttp2 !== listen.http2.value &&
    other.vhost.tls &&
    !can(target, 'http2Directive')
  ) {
    issues.push({
      ...conflict(['http2'], 'nginx.http2-shared', wantsHttp2 ? 'with HTTP/2' : 'without HTTP/2'),
      severity: 'warning',
      hint: 'Before nginx 1.25.1 HTTP/2 is switched on for all sites of a port together.',
    });
  }
  return issues;
}
