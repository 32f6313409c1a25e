import type { Issue } from '../issue';
import type { ResolvedSite } from '../resolve/resolved';
import type { RenderTarget } from '../web-server/render-target';
import { can } from './nginx/capabilities';
import { longestHashedName } from './nginx/model/server-block';

/** What a vhost takes of a target that others might want too. Small, because a target can have thousands. */
export interface Claim {
  readonly site: string;
  readonly port: number;
  readonly portPath: Issue['path'];
  readonly hostnames: readonly { readonly name: string; readonly path: Issue['path'] }[];
  readonly tls: boolean;
  readonly http2: boolean;
  readonly proxyProtocol: boolean;
}

// Tried with nginx 1.22: it warns from about 200 names per port on, depending on the names.
const nginxNames = 150;

export function claimsOf(site: ResolvedSite): readonly Claim[] {
  return site.vhosts.map(({ listen, hostnames, tls }) => ({
    site: site.name,
    port: listen.port.value,
    portPath: listen.port.origin.path ?? [],
    hostnames: hostnames.map(({ value, origin }) => ({ name: value, path: origin.path ?? ['hostnames'] })),
    tls: tls !== null,
    http2: listen.http2.value,
    proxyProtocol: listen.proxyProtocol.value,
  }));
}

/** Findings that no site shows alone: names used twice, and sockets that two sites want to be different. */
export function checkTogether(claims: readonly Claim[], target: RenderTarget): readonly Issue[] {
  const issues: Issue[] = [];
  const owners = new Map<string, string>();
  const sockets = new Map<number, Claim>();
  for (const claim of claims) {
    for (const { name, path } of claim.hostnames) {
      const address = `${name}:${claim.port}`;
      const owner = owners.get(address);
      owners.set(address, owner ?? claim.site);
      if (owner === undefined || owner === claim.site) continue;
      issues.push({
        code: 'target.duplicate-hostname',
        severity: 'error',
        path,
        message: `${name} on port ${claim.port} belongs to site ${owner} already`,
        hint: 'Use another name or another port.',
        site: claim.site,
      });
    }
    const first = sockets.get(claim.port);
    if (first === undefined) sockets.set(claim.port, claim);
    else if (first.site !== claim.site) issues.push(...socketIssues(first, claim, target));
  }
  if (target.server === 'nginx') issues.push(...hiddenNames(claims, owners));
  if (target.server === 'nginx' && owners.size > nginxNames) {
    issues.push({
      code: 'nginx.many-names',
      severity: 'advice',
      path: [],
      message: `${owners.size} names are more than nginx has room for by default; it warns and looks them up more slowly`,
      hint: 'Set server_names_hash_max_size 8192; in the http block of nginx.conf.',
    });
  }
  return issues;
}

/**
 * A name too long for nginx's table is written as a pattern, and nginx asks wildcards before patterns: a wildcard elsewhere would take its
 * requests.
 */
function hiddenNames(claims: readonly Claim[], owners: ReadonlyMap<string, string>): readonly Issue[] {
  return claims.flatMap((claim) =>
    claim.hostnames.flatMap(({ name, path }) => {
      if (name.length <= longestHashedName) return [];
      const labels = name.split('.');
      const wildcards = labels
        .map((_, index) => `*.${labels.slice(index + 1).join('.')}`)
        .filter((wildcard) => wildcard !== name && owners.has(`${wildcard}:${claim.port}`))
        .filter((wildcard) => !claim.hostnames.some((own) => own.name === wildcard));
      return wildcards.slice(0, 1).map(
        (wildcard): Issue => ({
          code: 'nginx.long-name-hidden',
          severity: 'error',
          path,
          message: `nginx finds names of more than ${longestHashedName} characters only after wildcards, so ${wildcard} of site ${owners.get(`${wildcard}:${claim.port}`)} would take its requests`,
          hint: 'Use a shorter name, another port, or put the wildcard into the same site.',
          site: claim.site,
        }),
      );
    }),
  );
}

/** One port is one socket: TLS and the PROXY protocol are decided for all of its sites, HTTP/2 for all of them in older nginx. */
function socketIssues(first: Claim, other: Claim, target: RenderTarget): readonly Issue[] {
  const conflict = (path: Issue['path'], code: string, what: string): Issue => ({
    code,
    severity: 'error',
    path,
    message: `port ${other.port} is used by site ${first.site} ${what}`,
    hint: 'Use the same setting in both sites, or another port.',
    site: other.site,
  });
  const issues: Issue[] = [];
  if (first.tls !== other.tls) {
    issues.push(conflict(other.portPath, 'target.tls-conflict', first.tls ? 'with TLS' : 'without TLS'));
  }
  if (first.proxyProtocol !== other.proxyProtocol) {
    const what = first.proxyProtocol ? 'with the PROXY protocol' : 'without the PROXY protocol';
    issues.push(conflict(['proxyProtocol'], 'target.proxy-protocol-conflict', what));
  }
  const sharesHttp2 = target.server === 'nginx' && !can(target, 'http2Directive');
  if (sharesHttp2 && other.tls && first.tls && first.http2 !== other.http2) {
    issues.push({
      ...conflict(['http2'], 'nginx.http2-shared', first.http2 ? 'with HTTP/2' : 'without HTTP/2'),
      severity: 'warning',
      hint: 'Before nginx 1.25.1 HTTP/2 is switched on for all sites of a port together.',
    });
  }
  return issues;
}
