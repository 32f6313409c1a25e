import type { LineOrigin } from '../../site/origin';
import type { RenderTarget } from '../../web-server/render-target';
import type { RenderedText, SharedNeeds } from '../types';
import { sharedPath } from './layout';
import { dollarVariable, print } from './print';
import { block, type Directive, directive, type Node, pattern, variable } from './tree';

/** Value of `Connection` towards the upstream: `upgrade` for upgrade requests, `close` for all others. */
export const connectionVariable = 'gatehouse_connection';

/** Path of the request without its query string. `$uri` will not do: it is decoded, and rewritten under a stripped prefix. */
const pathVariable = 'gatehouse_path';

export type LogFormat = 'combined' | 'timing' | 'json';

/** Name of a log format; the masked forms leave out query strings, which may hold secrets. */
export const logFormatName = (format: LogFormat, masked: boolean) =>
  format === 'combined' && !masked ? 'combined' : `gatehouse_${format}${masked ? '_masked' : ''}`;

const origin = (why: string): LineOrigin => ({ path: null, why });
const header = origin('http level, shared by all sites');

/**
 * What nginx wants at http level. It depends on no site, so adding or removing a site never changes it, and every name in it
 * is our own: a second map for a well-known name such as $connection_upgrade would silently win or lose.
 */
const nodes: readonly Node[] = [
  {
    comment:
      'Managed by Gatehouse, for all of its sites. Edits show as drift and are lost at the next apply.',
    origin: header,
  },
  block(
    origin('upgrade requests keep their Connection header, all others end after one answer'),
    'map',
    [variable('http_upgrade'), variable(connectionVariable)],
    [
      directive(origin('upgrade requests'), 'default', 'upgrade'),
      directive(origin('all other requests'), '""', 'close'),
    ],
  ),
  block(
    origin('nginx has no escape for a dollar sign in a value'),
    'geo',
    [variable(dollarVariable)],
    [{ name: 'default', args: [pattern('$')], origin: origin('a literal dollar sign') }],
  ),
  block(
    origin('log lines without query strings'),
    'map',
    [variable('request_uri'), variable(pathVariable)],
    [
      directive(origin('never reached'), 'default', '-'),
      {
        name: '"~^(?<gatehouse_bare_path>[^?]*)"',
        args: [variable('gatehouse_bare_path')],
        origin: origin('everything before the question mark'),
      },
    ],
  ),
  ...logFormats(),
];

function logFormats(): readonly Directive[] {
  return (['combined', 'timing', 'json'] as const).flatMap((format) =>
    [false, true].flatMap((masked) => (format === 'combined' && !masked ? [] : [logFormat(format, masked)])),
  );
}

function logFormat(format: LogFormat, masked: boolean): Directive {
  const name = logFormatName(format, masked);
  const why = origin(`log format ${format}${masked ? ' without query strings' : ''}`);
  if (format === 'json') return directive(why, 'log_format', name, 'escape=json', jsonFormat(masked));
  const request = masked
    ? [variable('request_method'), ' ', variable(pathVariable), ' ', variable('server_protocol')]
    : [variable('request')];
  const line = [
    variable('remote_addr'),
    ' - ',
    variable('remote_user'),
    ' [',
    variable('time_local'),
    '] "',
    ...request,
    '" ',
    variable('status'),
    ' ',
    variable('body_bytes_sent'),
    ' "',
    // The page that a request came from may have secrets in its query string as well.
    ...(masked ? ['-'] : [variable('http_referer')]),
    '" "',
    variable('http_user_agent'),
    '"',
  ];
  if (format === 'combined') return directive(why, 'log_format', name, line);
  return directive(why, 'log_format', name, [
    ...line,
    ...[
      ' host=',
      variable('host'),
      ' time=',
      variable('request_time'),
      ' upstream=',
      variable('upstream_addr'),
    ],
    ...[
      ' upstream_status=',
      variable('upstream_status'),
      ' upstream_time=',
      variable('upstream_response_time'),
    ],
  ]);
}

function jsonFormat(masked: boolean) {
  const fields = {
    time: 'time_iso8601',
    client: 'remote_addr',
    user: 'remote_user',
    host: 'host',
    method: 'request_method',
    uri: masked ? pathVariable : 'request_uri',
    protocol: 'server_protocol',
    status: 'status',
    bytes: 'body_bytes_sent',
    duration: 'request_time',
    upstream: 'upstream_addr',
    upstream_status: 'upstream_status',
    upstream_duration: 'upstream_response_time',
    user_agent: 'http_user_agent',
    ...(masked ? {} : { referer: 'http_referer' }),
  };
  const parts = Object.entries(fields).flatMap(([key, name], index) => [
    `${index === 0 ? '{' : ','}"${key}":"`,
    variable(name),
    '"',
  ]);
  return [...parts, '}'];
}

/**
 * QUIC needs one socket per worker, which is an option of the socket and may be named only once per address. This server of our own names it
 * and refuses every handshake that no site claims.
 */
function quicServer(sockets: readonly string[]): Directive {
  const why = origin('HTTP/3: socket options are named once for all sites');
  return block(
    why,
    'server',
    [],
    [
      ...sockets.map((address) => directive(why, 'listen', address, 'quic', 'reuseport')),
      directive(why, 'ssl_protocols', 'TLSv1.3'),
      directive(why, 'ssl_reject_handshake', 'on'),
    ],
  );
}

const usual = print(nodes);

/** The shared file of a target; only sites with HTTP/3 add to it. */
export function sharedFile(needs: SharedNeeds, target: RenderTarget): RenderedText {
  const sockets = needs.quicSockets ?? [];
  const { content, lines } = sockets.length === 0 ? usual : print([...nodes, quicServer(sockets)]);
  return {
    kind: 'file',
    path: sharedPath(target.layout),
    role: 'shared',
    site: null,
    mode: 0o644,
    content,
    lines,
  };
}
