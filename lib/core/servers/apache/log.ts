import type { Issue } from '../../issue';
import type { ResolvedSite, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { type ApacheNode, directive } from './directive';
import { pathMatches } from './expression';
import { identityPath } from './identity';
import { apacheLayout } from './layout';
import { pathPattern } from './pattern';

// Fields of mod_log_config. Masked forms hold neither the request line nor the Referer: both may carry the query string.
const formats = {
  combined: '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"',
  timing: '%v %a %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D %{BALANCER_WORKER_NAME}e',
  json: '{"time":"%{%Y-%m-%dT%H:%M:%S%z}t","host":"%v","client":"%a","user":"%u","method":"%m","uri":"%U%q","status":%>s,"bytes":%B,"microseconds":%D,"upstream":"%{BALANCER_WORKER_NAME}e","referer":"%{Referer}i","agent":"%{User-Agent}i"}',
} as const;

const maskedFormats = {
  combined: '%h %l %u %t "%m %U %H" %>s %b "-" "%{User-Agent}i"',
  timing: '%v %a %l %u %t "%m %U %H" %>s %b "-" "%{User-Agent}i" %D %{BALANCER_WORKER_NAME}e',
  json: '{"time":"%{%Y-%m-%dT%H:%M:%S%z}t","host":"%v","client":"%a","user":"%u","method":"%m","uri":"%U","status":%>s,"bytes":%B,"microseconds":%D,"upstream":"%{BALANCER_WORKER_NAME}e","agent":"%{User-Agent}i"}',
} as const;

/** Access log of a vhost; nothing where the server's own log is wanted and no query string needs hiding. */
export function logNodes(
  vhost: ResolvedVhost,
  site: ResolvedSite,
  target: RenderTarget,
): readonly ApacheNode[] {
  const { access, directory } = vhost.log;
  const masked = vhost.locations.filter(({ maskQuery }) => maskQuery.value);
  const directoryPath = directory?.value ?? apacheLayout(target.layout).logDirectory;
  const file = `${directoryPath}/gatehouse-${site.name}-access.log`;
  if (access.value === 'off') {
    // A log of its own, even one that never gets a line, is what keeps the server's log from taking these requests.
    return [directive('CustomLog', ['/dev/null', '%h', 'expr=false'], access.origin)];
  }
  const wanted =
    access.value === 'default' ? (directory ? 'combined' : masked[0] ? 'combined' : null) : access.value;
  if (wanted === null) return [];
  const first = masked[0];
  const visitors = `%{REQUEST_URI} != '${identityPath(site.vhosts.indexOf(vhost))}'`;
  if (first === undefined)
    return [directive('CustomLog', [file, formats[wanted], `expr=${visitors}`], access.origin)];
  // Judged when the line is written, so that refused requests are masked too. A header match is masked by its paths.
  const condition = pathMatches(masked.map(({ match }) => pathPattern(match)));
  return [
    directive('CustomLog', [file, maskedFormats[wanted], `expr=${condition}`], first.maskQuery.origin),
    directive('CustomLog', [file, formats[wanted], `expr=!(${condition}) && ${visitors}`], access.origin),
  ];
}

/** What Apache does differently about logs. */
export function logIssues(vhost: ResolvedVhost): readonly Issue[] {
  if (vhost.log.access.value !== 'json') return [];
  return [
    {
      code: 'apache.json-log',
      severity: 'advice',
      path: vhost.log.access.origin.path ?? ['logs', 'access'],
      message: 'Apache httpd writes bytes outside of ASCII as \\xhh, which strict JSON readers refuse',
      hint: 'Let the log reader accept \\x escapes.',
    },
  ];
}
