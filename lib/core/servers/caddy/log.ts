import type { Issue } from '../../issue';
import type { ResolvedVhost } from '../../site/resolved';
import { logDirectory } from './layout';
import { block, type CaddyNode, directive } from './tree';
import type { VhostView } from './vhost-view';

/** Access log of a vhost; Caddy writes none unless told. */
export function logNodes({ vhost, site, target }: VhostView): readonly CaddyNode[] {
  const { access, directory } = vhost.log;
  if (access.value === 'off' || (access.value === 'default' && directory === null)) return [];
  const file = `${directory?.value ?? logDirectory(target.layout)}/gatehouse-${site.name}-access.log`;
  const masked = vhost.locations.find(({ maskQuery }) => maskQuery.value);
  const format =
    masked === undefined
      ? directive(access.origin, 'format', 'json')
      : block(masked.maskQuery.origin, 'format', ['filter'], [
          directive(access.origin, 'wrap', 'json'),
          // A filter cannot tell locations apart by the cleaned path, so the whole site's query strings stay out of the log.
          block(masked.maskQuery.origin, 'fields', [], [
            directive(masked.maskQuery.origin, 'request>uri', 'regexp', '\\?.*', ''),
            directive(masked.maskQuery.origin, 'request>headers>Referer', 'delete'),
          ]),
        ]);
  return [block(access.origin, 'log', [], [directive(access.origin, 'output', 'file', file), format])];
}

/** What Caddy does differently about logs. */
export function logIssues(vhost: ResolvedVhost): readonly Issue[] {
  const { access, directory } = vhost.log;
  const logs = access.value !== 'off' && !(access.value === 'default' && directory === null);
  const issues: Issue[] = [];
  if (access.value === 'combined' || access.value === 'timing') {
    issues.push({
      code: 'caddy.log-format',
      severity: 'warning',
      path: access.origin.path ?? ['logs', 'access'],
      message: `Caddy has no ${access.value} log format: it writes JSON, times included`,
      hint: 'Choose json.',
    });
  }
  const masked = vhost.locations.find(({ maskQuery }) => maskQuery.value);
  if (logs && masked) {
    issues.push({
      code: 'caddy.log-mask',
      severity: 'advice',
      path: masked.maskQuery.origin.path ?? masked.origin.path ?? [],
      message: 'Caddy leaves the query strings of the whole site out of the access log, not only those of this location',
    });
  }
  return issues;
}
