import type { ResolvedLog } from '../../../resolve/resolved';
import type { Decided } from '../../../site/origin';
import { logDirectory } from '../layout';
import { logFormatName } from '../shared';
import { type Directive, directive } from '../tree';
import type { VhostView } from './vhost-view';

/** The access log of a server; nothing where the site leaves it to nginx.conf. */
export function serverLog(view: VhostView): readonly Directive[] {
  const { access, directory } = view.vhost.log;
  if (access.value === 'off') return [directive(access.origin, 'access_log', 'off')];
  if (access.value === 'default' && directory === null) return [];
  return [
    directive(
      (directory ?? access).origin,
      'access_log',
      logFile(view),
      logFormatName(formatOf(view.vhost.log), false),
    ),
  ];
}

/** A log line without the query string, for locations where secrets travel in it. */
export function maskedLog(view: VhostView, mask: Decided<boolean>): readonly Directive[] {
  if (!mask.value || view.vhost.log.access.value === 'off') return [];
  view.issues.advice(
    'nginx.error-log-query',
    mask.origin.path,
    'the access log leaves out query strings here, but nginx’s error log still names the whole request when something fails',
    'Keep the error log as private as the secrets in it.',
  );
  return [directive(mask.origin, 'access_log', logFile(view), logFormatName(formatOf(view.vhost.log), true))];
}

const formatOf = ({ access }: ResolvedLog) =>
  access.value === 'timing' || access.value === 'json' ? access.value : 'combined';

/** The common file where nothing else was asked for: a masked location must not vanish from the log that people look at. */
function logFile({ vhost: { log }, site, target }: VhostView): string {
  if (log.access.value === 'default' && log.directory === null)
    return `${logDirectory(target.layout)}/access.log`;
  return `${log.directory?.value ?? logDirectory(target.layout)}/gatehouse-${site.name}.access.log`;
}
