import type { Issue } from '../../issue';
import type { ResolvedLocation, ResolvedSite, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { compareVersions } from '../../web-server/version';
import { usedUpstreams } from '../used-upstreams';
import { addressPattern } from './address-pattern';
import { oldestCaddy } from './capabilities';
import { logIssues } from './log';
import { cannotQuote } from './print';
import { upstreamIssues } from './upstream';

/** Whatever Caddy cannot do of a site or does differently, once each, at the field that asked for it. */
export function siteIssues(site: ResolvedSite, target: RenderTarget): readonly Issue[] {
  const issues = [
    ...versionIssues(target),
    ...usedUpstreams(site, target).flatMap((upstream) => upstreamIssues(upstream, target)),
    ...site.vhosts.flatMap((vhost) => vhostIssues(vhost, site)),
  ];
  const seen = new Set<string>();
  return issues.filter((issue) => {
    const key = `${issue.code} ${issue.path.join('.')}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function versionIssues({ version }: RenderTarget): readonly Issue[] {
  if (version === null) {
    return [
      {
        code: 'caddy.version-unknown',
        severity: 'advice',
        path: [],
        message: `the version of Caddy is not known: the form for ${oldestCaddy} is used`,
        hint: 'Read the host again so that its version is known.',
      },
    ];
  }
  if (compareVersions(version, oldestCaddy) >= 0) return [];
  return [
    {
      code: 'caddy.version-old',
      severity: 'warning',
      path: [],
      message: `Caddy ${version} is older than ${oldestCaddy}, the oldest version these files are made for`,
    },
  ];
}

function vhostIssues(vhost: ResolvedVhost, site: ResolvedSite): readonly Issue[] {
  const { listen, trustedProxies, hostnames, tls } = vhost;
  const issues: Issue[] = [
    ...logIssues(vhost),
    ...vhost.locations.flatMap((location) => locationIssues(location, vhost)),
  ];
  if (listen.proxyProtocol.value) {
    issues.push({
      code: 'caddy.proxy-protocol',
      severity: 'error',
      path: listen.proxyProtocol.origin.path ?? ['proxyProtocol'],
      message:
        'Caddy expects the PROXY protocol only for a whole port, in the global options of its Caddyfile',
      hint: 'Let the balancer send X-Forwarded-For and list it as a trusted proxy, or use nginx or Apache for this site.',
    });
  }
  const wildcard = hostnames.find(({ value }) => value.startsWith('*.'));
  if (wildcard) {
    issues.push({
      code: 'caddy.wildcard',
      severity: 'advice',
      path: wildcard.origin.path ?? ['hostnames'],
      message: 'in Caddy * stands for exactly one label: names two labels deep are not answered',
    });
    if (tls?.certificate.value.kind === 'automatic') {
      issues.push({
        code: 'caddy.wildcard-certificate',
        severity: 'error',
        path: wildcard.origin.path ?? ['hostnames'],
        message: 'a certificate for a wildcard name needs a DNS plug-in, which plain Caddy does not have',
        hint: 'Give the files of a wildcard certificate, or list the names one by one.',
      });
    }
  }
  for (const { value, origin } of trustedProxies) {
    if (addressPattern(value) !== null) continue;
    issues.push({
      code: 'caddy.proxy-chain',
      severity: 'advice',
      path: origin.path ?? ['trustedProxies'],
      message: `behind a second proxy in ${value} Caddy takes that one for the client`,
      hint: 'List single IPv6 addresses, or ranges of whole groups such as 2001:db8::/32.',
    });
  }
  if (!listen.ipv6.value) {
    issues.push({
      code: 'caddy.ipv6',
      severity: 'advice',
      path: listen.ipv6.origin.path ?? ['ipv6'],
      message: 'Caddy listens on IPv6 too',
    });
  }
  if (tls !== null) issues.push(...redirectIssues(vhost, site));
  return issues;
}

/** Caddy redirects from port 80 to every https site of its own accord. */
function redirectIssues({ listen, hostnames }: ResolvedVhost, site: ResolvedSite): readonly Issue[] {
  const first = hostnames[0]?.value;
  const own = site.vhosts.some(
    (vhost) =>
      vhost.tls === null &&
      vhost.listen.port.value === 80 &&
      vhost.hostnames.some(({ value }) => value === first),
  );
  if (own) return [];
  return [
    {
      code: 'caddy.port-80',
      severity: 'advice',
      path: listen.port.origin.path ?? ['httpPort'],
      message: 'Caddy also redirects from port 80 to this site of its own accord',
      hint: 'Switch it off for the whole server with auto_https disable_redirects, if port 80 is used by something else.',
    },
  ];
}

function locationIssues(location: ResolvedLocation, vhost: ResolvedVhost): readonly Issue[] {
  const { access, action } = location;
  const issues: Issue[] = [];
  const ipOrigin = access.ip?.allow[0]?.origin ?? access.ip?.deny[0]?.origin;
  if (ipOrigin && vhost.trustedProxies.length > 0) {
    issues.push({
      code: 'caddy.addresses-behind-proxy',
      severity: 'error',
      path: ipOrigin.path ?? ['access', 'ip'],
      message:
        'behind a trusted proxy Caddy compares address rules with the address of the proxy, not of the client',
      hint: 'Put the address rules into the proxy in front, or use nginx or Apache for this site.',
    });
  }
  if (access.auth?.kind === 'basic') {
    const { realm, usersFile } = access.auth;
    if (cannotQuote(realm.value)) issues.push(unprintable(realm.origin.path, 'the realm'));
    issues.push({
      code: 'caddy.users-file',
      severity: 'warning',
      path: usersFile.origin.path ?? ['access', 'auth', 'usersFile'],
      message:
        'Caddy does not read htpasswd files: every line of this file must be a name, a space and a bcrypt hash',
      hint: 'Make the hashes with caddy hash-password.',
    });
  }
  if (action.kind === 'proxy' && action.path.value.kind !== 'none') {
    issues.push({
      code: 'caddy.path-characters',
      severity: action.rawUri.value ? 'warning' : 'advice',
      path: action.path.origin.path ?? ['prefix'],
      message:
        "where Caddy changes the path, it may write the characters ! ' ( ) * [ ] as %21 %27 %28 %29 %2A %5B %5D",
      hint: 'They mean the same to nearly every application; otherwise give the site a name of its own without a prefix.',
    });
  }
  if (
    action.kind === 'proxy' &&
    action.requestBuffering.value &&
    action.requestBuffering.origin.path !== null
  ) {
    issues.push({
      code: 'caddy.request-buffering',
      severity: 'error',
      path: action.requestBuffering.origin.path,
      message: 'Caddy passes request bodies on as they come and sends no length for bodies in chunks',
      hint: 'Leave the setting out, or use nginx or Apache for this site.',
    });
  }
  if (action.kind === 'static' && location.match.kind !== 'prefix' && location.match.kind !== 'any') {
    issues.push({
      code: 'caddy.static-match',
      severity: 'error',
      path: location.origin.path ?? [],
      message: 'files can be served below a path only',
      hint: 'Match a prefix.',
    });
  }
  return issues;
}

function unprintable(path: Issue['path'] | null, what: string): Issue {
  return {
    code: 'caddy.characters',
    severity: 'error',
    path: path ?? [],
    message: `${what} holds characters that a Caddyfile has no form for`,
    hint: 'Leave out { and combinations of backslash and backtick.',
  };
}
