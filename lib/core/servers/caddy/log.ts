import type { Issue } from '../../issue';
import type { ResolvedLocation, ResolvedMatch, ResolvedVhost } from '../../resolve/resolved';
import { logDirectory } from './layout';
import { escapePattern } from './matcher';
import { block, type CaddyNode, directive } from './tree';
import type { VhostView } from './vhost-view';

/** Access log of a vhost; Caddy writes none unless told. */
export function logNodes({ vhost, site, target }: VhostView): readonly CaddyNode[] {
  const { access, directory } = vhost.log;
  if (access.value === 'off' || (access.value === 'default' && directory === null)) return [];
  const file = `${directory?.value ?? logDirectory(target.layout)}/gatehouse-${site.name}-access.log`;
  const masked = vhost.locations.filter(({ maskQuery }) => maskQuery.value);
  const first = masked[0];
  const format =
    first === undefined
      ? directive(access.origin, 'format', 'json')
      : block(
          first.maskQuery.origin,
          'format',
          ['filter'],
          [
            directive(access.origin, 'wrap', 'json'),
            block(
              first.maskQuery.origin,
              'fields',
              [],
              [
                directive(first.maskQuery.origin, 'request>uri', 'regexp', maskPattern(masked), '$1'),
                // The same query is in the Referer of the next request, and in the redirect to https.
                directive(first.maskQuery.origin, 'request>headers>Referer', 'delete'),
                directive(first.maskQuery.origin, 'resp_headers>Location', 'delete'),
              ],
            ),
          ],
        );
  return [block(access.origin, 'log', [], [directive(access.origin, 'output', 'file', file), format])];
}

/**
 * Everything before the query of a masked location. The log holds the path as it came, so any path that could be another spelling of a
 * masked one (escapes, doubled slashes, dots) is masked too.
 */
function maskPattern(masked: readonly ResolvedLocation[]): string {
  const paths = masked.map(({ match }) => requestPattern(match));
  return `^(${[...paths, '[^?]*(?:%|//|/\\.)[^?]*'].join('|')})\\?.*$`;
}

function requestPattern(match: ResolvedMatch): string {
  switch (match.kind) {
    case 'exact':
      return escapePattern(match.path);
    case 'prefix':
      return `${escapePattern(match.path)}[^?]*`;
    case 'suffix':
      return `${escapePattern(match.below)}[^?]*`;
    case 'segments':
      return match.segments.map((part) => `/${part === null ? '[^/?]+' : escapePattern(part)}`).join('');
    case 'header':
      return `${escapePattern(match.below)}[^?]*`;
    case 'any':
      return '[^?]*';
  }
}

/** What Caddy does differently about logs. */
export function logIssues(vhost: ResolvedVhost): readonly Issue[] {
  const { access, directory } = vhost.log;
  const issues: Issue[] = [];
  if (access.value !== 'off' && directory !== null) {
    issues.push({
      code: 'caddy.log-directory',
      severity: 'advice',
      path: directory.origin.path ?? ['logs', 'directory'],
      message: `Caddy writes as its own user: ${directory.value} must be writable for it`,
    });
  }
  if (access.value === 'combined' || access.value === 'timing') {
    issues.push({
      code: 'caddy.log-format',
      severity: 'warning',
      path: access.origin.path ?? ['logs', 'access'],
      message: `Caddy has no ${access.value} log format: it writes JSON, times included`,
      hint: 'Choose json.',
    });
  }
  return issues;
}
