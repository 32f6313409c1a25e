import type { Issue } from '../../issue';
import type { ResolvedSite, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { compareVersions } from '../../web-server/version';
import { accessIssues } from './access';
import { upstreamIssues } from './balancer';
import { oldestApache } from './capabilities';
import { logIssues } from './log';
import { tlsIssues } from './tls';
import { isPrefork } from './vhost';

/** Whatever Apache cannot do of a site or does differently, once each, at the field that asked for it. */
export function siteIssues(site: ResolvedSite, target: RenderTarget): readonly Issue[] {
  const issues = [
    ...versionIssues(target),
    ...site.vhosts.flatMap((vhost) => vhostIssues(vhost, site, target)),
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
        code: 'apache.version-unknown',
        severity: 'advice',
        path: [],
        message: `the version of Apache httpd is not known: the form for ${oldestApache} is used`,
        hint: 'Read the host again so that its version is known.',
      },
    ];
  }
  if (compareVersions(version, oldestApache) >= 0) return [];
  return [
    {
      code: 'apache.version-old',
      severity: 'warning',
      path: [],
      message: `Apache httpd ${version} is older than ${oldestApache}, the oldest version these files are made for`,
    },
  ];
}

function vhostIssues(vhost: ResolvedVhost, site: ResolvedSite, target: RenderTarget): readonly Issue[] {
  const { http2, http3 } = vhost.listen;
  const issues: Issue[] = [...tlsIssues(vhost), ...logIssues(vhost)];
  if (http3.value) {
    issues.push({
      code: 'apache.http3',
      severity: 'warning',
      path: http3.origin.path ?? ['http3'],
      message: 'Apache httpd has no HTTP/3; browsers will use HTTP/2',
      hint: 'Use nginx ≥ 1.25 or Caddy for HTTP/3, or switch it off here.',
    });
  }
  if (vhost.tls !== null && http2.value && isPrefork(target)) {
    issues.push({
      code: 'apache.prefork',
      severity: 'warning',
      path: http2.origin.path ?? ['http2'],
      message:
        'this Apache httpd runs the prefork MPM, which has no HTTP/2 and needs a process for every WebSocket and event stream',
      hint: 'Switch to mpm_event.',
    });
  }
  if (vhost.trustedProxies.length > 0 && vhost.listen.proxyProtocol.value) {
    issues.push({
      code: 'apache.proxy-protocol-and-header',
      severity: 'advice',
      path: vhost.listen.proxyProtocol.origin.path ?? ['proxyProtocol'],
      message:
        'the address from the PROXY protocol is the client; X-Forwarded-For is believed only where that address is a trusted proxy',
    });
  }
  for (const location of vhost.locations) {
    const { action } = location;
    issues.push(...accessIssues(location.access));
    if (action.kind !== 'proxy') continue;
    const upstream = site.upstreams.find(({ name }) => name === action.upstream.value);
    if (upstream) issues.push(...upstreamIssues(action, upstream, vhost));
    if (location.bodySizeMib.value > 0) {
      issues.push({
        code: 'apache.chunked-bodies',
        severity: 'advice',
        path: location.bodySizeMib.origin.path ?? ['limits', 'bodySizeMib'],
        message:
          'Apache httpd compares the stated length of a body with the limit; bodies sent in chunks state none and pass',
        hint: 'Let the application limit them too.',
      });
    }
    if (location.class.value === 'grpc' && upstream?.protocol !== 'h2') {
      issues.push({
        code: 'apache.grpc',
        severity: 'error',
        path: location.class.origin.path ?? location.origin.path ?? [],
        message: 'Apache httpd cannot carry gRPC: it drops the trailers that end every call',
        hint: 'Use nginx or Caddy for this site, or open the gRPC port to the agents directly.',
      });
    }
  }
  return issues;
}
