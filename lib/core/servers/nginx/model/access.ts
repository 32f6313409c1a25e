import type { ResolvedAccess, ResolvedAuth } from '../../../resolve/resolved';
import { block, type Directive, directive, variable } from '../tree';
import { upstreamSymbol } from './upstream-block';
import { upstreamTls } from './upstream-tls';
import { fromTemplate } from './values';
import type { VhostView } from './vhost-view';

// `*` cannot occur in a path of a site document, so no location of a site can have these names.
const checkPath = '/*gatehouse-sign-in*';
const signInLocation = '@gatehouse_sign_in';

const authVariable = (header: string) => `gatehouse_auth_${header.toLowerCase().replaceAll('-', '_')}`;

/** Address rules and sign-in of a location. */
export function accessDirectives(access: ResolvedAccess): readonly Directive[] {
  return [
    ...(access.satisfy === 'any'
      ? [
          directive(
            { path: ['access', 'satisfy'], why: 'an allowed address or a sign-in is enough' },
            'satisfy',
            'any',
          ),
        ]
      : []),
    ...addressRules(access),
    ...(access.auth ? signIn(access.auth) : []),
  ];
}

// First match wins: refused addresses stand before allowed ones.
function addressRules({ ip }: ResolvedAccess): readonly Directive[] {
  if (!ip) return [];
  return [
    ...ip.deny.map(({ value, origin }) => directive(origin, 'deny', value)),
    ...ip.allow.map(({ value, origin }) => directive(origin, 'allow', value)),
    ...(ip.allow.length === 0
      ? []
      : [directive({ path: ['access', 'ip', 'allow'], why: 'everybody else' }, 'deny', 'all')]),
  ];
}

function signIn(auth: ResolvedAuth): readonly Directive[] {
  if (auth.kind === 'basic') {
    return [
      directive(auth.realm.origin, 'auth_basic', auth.realm.value),
      directive(auth.usersFile.origin, 'auth_basic_user_file', auth.usersFile.value),
    ];
  }
  return [
    directive(auth.upstream.origin, 'auth_request', checkPath),
    ...auth.copyHeaders.map(({ value, origin }) =>
      directive(
        origin,
        'auth_request_set',
        variable(authVariable(value)),
        variable(`upstream_http_${value.toLowerCase().replaceAll('-', '_')}`),
      ),
    ),
    ...(auth.signInUrl ? [directive(auth.signInUrl.origin, 'error_page', '401', '=', signInLocation)] : []),
  ];
}

/** Request headers that carry the sign-in service's answer to the application, by lower-case name. */
export function signedInHeaders(access: ResolvedAccess): ReadonlyMap<string, Directive> {
  if (access.auth?.kind !== 'forward') return new Map();
  return new Map(
    access.auth.copyHeaders.map(({ value, origin }) => [
      value.toLowerCase(),
      directive(origin, 'proxy_set_header', value, variable(authVariable(value))),
    ]),
  );
}

/** Internal locations that a server with forward authentication needs once. */
export function signInLocations(view: VhostView): readonly Directive[] {
  const auth = view.vhost.locations
    .map(({ access }) => access.auth)
    .find((found) => found?.kind === 'forward');
  if (auth?.kind !== 'forward') return [];
  const { site, vhost, upstreams } = view;
  const upstream = upstreams.get(auth.upstream.value);
  const scheme = upstream?.tls ? 'https' : 'http';
  const at = auth.path.origin;
  const check = block(
    at,
    'location',
    ['=', checkPath],
    [
      directive(at, 'internal'),
      // The body is not sent on, yet its length would be compared with nginx's 1 MiB here.
      directive(
        { path: at.path, why: 'the question has no body, whatever the request has' },
        'client_max_body_size',
        '0',
      ),
      directive(
        at,
        'proxy_pass',
        `${scheme}://${upstreamSymbol(site.name, auth.upstream.value)}${auth.path.value}`,
      ),
      directive(at, 'proxy_pass_request_body', 'off'),
      ...requestHeadersOfCheck(view).map(([name, value]) => directive(at, 'proxy_set_header', name, value)),
      ...(upstream ? upstreamTls(view, upstream, 'proxy') : []),
    ],
  );
  if (!auth.signInUrl) return [check];
  const { value, origin } = auth.signInUrl;
  const publicOrigin = /^https?:\/\/[^/]+/.exec(site.publicUrl)?.[0] ?? '';
  const back = vhost.role === 'main' ? [`${value}?rd=${publicOrigin}`, variable('request_uri')] : value;
  return [check, block(origin, 'location', [signInLocation], [directive(origin, 'return', '302', back)])];
}

function requestHeadersOfCheck({ vhost }: VhostView) {
  const known = vhost.requestHeaders.map(
    (header) => [header.name, header.op === 'set' ? fromTemplate(header.value) : ''] as const,
  );
  return [
    ['Host', variable('host')] as const,
    ...known,
    ['Content-Length', ''] as const,
    ['X-Original-Method', variable('request_method')] as const,
    ['X-Original-URI', variable('request_uri')] as const,
  ];
}
