import { remember } from '../../remember';
import type {
  LocationAction,
  ProxyAction,
  ResolvedLocation,
  ResolvedVhost,
  Template,
} from '../../resolve/resolved';
import type { Decided, LineOrigin } from '../../site/origin';
import type { RenderTarget } from '../../web-server/render-target';
import { hiddenLetter, spellingsOf } from '../spellings';
import type { Route, Routes } from './balancer';
import { type ApacheNode, because, comment, directive } from './directive';
import type { LocationContext } from './location-section';
import { escapePattern, escapeRewritePattern, oneSlash, pathPattern, patternOrigin } from './pattern';
import { pathMapping } from './proxy-pass';

const engineOn = directive('RewriteEngine', ['On'], because('for the rules below'));

/**
 * What Apache decides before it looks for a location: the name guard, encoded traversal, redirects and refusals, and where requests
 * with certain headers go. mod_rewrite is used because it alone can repeat the request line as it came, and because its order is the
 * order of the list.
 */
export const rewriteNodes = (vhost: ResolvedVhost, rules: readonly ApacheNode[]): readonly ApacheNode[] => [
  engineOn,
  ...believedProxies(vhost),
  ...unreadableClients(vhost),
  ...guards(vhost),
  ...rules,
];

/** The rules of locations, in their order. */
export function locationRules(context: LocationContext): readonly ApacheNode[] {
  const { locations, target } = context;
  const nodes: ApacheNode[] = [];
  nodes.push(...spellingGuards(locations));
  const limit = commonLimit(locations);
  if (limit !== null) nodes.push(...bodyRules('^', limit, limit.origin));
  const rules = locations.map((location) => [
    ...(limit === null && location.action.kind === 'proxy'
      ? bodyRules(
          pathPattern(location.match, oneSlash(target)),
          location.bodySizeMib,
          patternOrigin(location.bodySizeMib.origin, target),
          headerConditions(location),
        )
      : []),
    ...rulesOf(location, context),
  ]);
  const last = rules.findLastIndex((rule) => rule.length > 0);
  locations.slice(0, last + 1).forEach((location, index) => {
    nodes.push(...(rules[index] ?? []));
    if (
      location.match.kind === 'header' ||
      location.action.kind === 'redirect' ||
      location.action.kind === 'deny'
    )
      return;
    nodes.push(
      directive(
        'RewriteRule',
        [pathPattern(location.match, oneSlash(target)), '-', '[END]'],
        patternOrigin(context.routes.explain(location.origin), target),
      ),
    );
  });
  return nodes;
}

const climbs = because('a path that climbs could take the access rules of another location');

// `..` between separators, each written plainly or encoded once or more; `;` begins a parameter that some applications cut off first, and a NUL ends the path for others. A backslash is written as a
// number: mod_rewrite reads its lines raw and would keep both of an escaped pair.
const climbing =
  '^[^ ]+ [^ ?]*(?:%(?:25)*00|(?:[/\\x5c]|%(?:25)*(?:2f|5c))(?:\\.|%(?:25)*2e)(?:\\.|%(?:25)*2e)(?:[/\\x5c;? ]|%(?:25)*(?:2f|5c|3b)))';

const strangers = comment(
  'The first virtual host of a port also gets requests for unknown names: refuse them.',
);
const climbingGuard = [
  comment(
    'A path that climbs (.., in any encoding) is not what its location makes of it; no browser sends one.',
  ),
  directive('RewriteCond', ['%{THE_REQUEST}', climbing, '[NC]'], climbs),
  directive('RewriteRule', ['^', '-', '[R=400,L]'], climbs),
];

/**
 * mod_remoteip stops at the first entry of X-Forwarded-For that it cannot read, leaves it in the header, and takes the proxy before it for the
 * client. A proxy's own address is often allowed: an unknown client is nobody.
 */
function unreadableClients({ trustedProxies }: ResolvedVhost): readonly ApacheNode[] {
  const last = trustedProxies.at(-1);
  if (last === undefined) return [];
  return [
    comment('A client whose address cannot be read is nobody.'),
    ...trustedProxies.map((range) =>
      directive(
        'RewriteCond',
        ['expr', `%{REMOTE_ADDR} -ipmatch '${range.value}'`, ...(range === last ? [] : ['[OR]'])],
        range.origin,
      ),
    ),
    directive('RewriteCond', ['%{HTTP:X-Forwarded-For}', '[^ ]'], last.origin),
    directive('RewriteRule', ['^', '-', '[R=400,L]'], last.origin),
  ];
}

/**
 * mod_remoteip takes the PROXY header of anyone who connects. A client that is no trusted proxy may send one that names its own address (LOCAL, as the checks
 * of an apply do from the host itself), but not another's.
 */
function believedProxies({ listen, trustedProxies }: ResolvedVhost): readonly ApacheNode[] {
  if (!listen.proxyProtocol.value) return [];
  const origin = trustedProxies[0]?.origin ?? listen.proxyProtocol.origin;
  return [
    comment('Only trusted proxies may say who the client is.'),
    ...trustedProxies.map((range) =>
      directive('RewriteCond', ['expr', `! %{CONN_REMOTE_ADDR} -ipmatch '${range.value}'`], range.origin),
    ),
    directive('RewriteCond', ['expr', '%{REMOTE_ADDR} != %{CONN_REMOTE_ADDR}'], origin),
    directive('RewriteRule', ['^', '-', '[R=403,L]'], origin),
  ];
}

const hidden = because('a letter that was encoded twice could hide a path with a rule');

/** Refusals of what an application could read as a strict location's path although it is written otherwise. */
function spellingGuards(locations: readonly ResolvedLocation[]): readonly ApacheNode[] {
  const refusals = locations.flatMap(refusal);
  if (refusals.length === 0) return [];
  return [
    comment('Rules must not be walked around by another spelling of their paths.'),
    directive('RewriteCond', ['%{THE_REQUEST}', hiddenLetter.replace('^', '^[^ ]+ ')], hidden),
    directive('RewriteRule', ['^', '-', '[R=400,L]'], hidden),
    ...refusals,
  ];
}

const refusal = remember((location: ResolvedLocation): readonly ApacheNode[] => {
  const spellings = spellingsOf(location);
  if (spellings === null) return [];
  const { written, decoded, read, denies, status } = spellings;
  const expression = denies
    ? `^[^ ]+ (?:${authority}//[^ ]* [^ ]+ /[^/ ]+|[^ ]* [^ ]+ (?!${decoded}))(?i:${read})`
    : `^[^ ]+ (?!${authority}${written})[^ ]* [^ ]+ ${read}`;
  const why = { path: location.origin.path, why: `${location.origin.why}: not in another spelling` };
  return [
    // The path as it came and as Apache decodes it.
    directive('RewriteCond', ['%{THE_REQUEST} %{REQUEST_URI}', expression], why),
    directive('RewriteRule', ['^', '-', `[R=${status},L]`], why),
  ];
});

/** A request line may name the whole URL. */
const authority = '(?:https?://[^/ ]*)?';

function guards(vhost: ResolvedVhost): readonly ApacheNode[] {
  const names = vhost.hostnames.map(({ value }) =>
    value.startsWith('*.') ? `[^:]+${escapePattern(value.slice(1))}` : escapePattern(value),
  );
  const origin = vhost.hostnames[0]?.origin ?? vhost.origin;
  return [
    strangers,
    directive('RewriteCond', ['%{HTTP_HOST}', `!^(?:${names.join('|')})\\.?(?::[0-9]+)?$`, '[NC]'], origin),
    directive('RewriteRule', ['^', '-', '[R=421,L]'], origin),
    ...climbingGuard,
  ];
}

function rulesOf(location: ResolvedLocation, { target, routes }: LocationContext): readonly ApacheNode[] {
  const { match, action } = location;
  const pattern = pathPattern(match, oneSlash(target));
  const conditions = headerConditions(location);
  switch (action.kind) {
    case 'redirect':
      return redirectRules(action, pattern, patternOrigin(action.origin, target)).flatMap((rule) => [
        ...conditions,
        ...rule,
      ]);
    case 'deny':
      return [
        ...conditions,
        directive(
          'RewriteRule',
          [pattern, '-', `[R=${action.status},L]`],
          patternOrigin(action.origin, target),
        ),
      ];
    case 'proxy':
      return proxyRules(location, action, conditions, target, routes);
    case 'static':
      return [];
  }
}

function headerConditions({ match, origin }: ResolvedLocation): readonly ApacheNode[] {
  return match.kind === 'header'
    ? [
        directive(
          'RewriteCond',
          [`%{HTTP:${match.name}}`, `^${escapeRewritePattern(match.startsWith)}`, '[NC]'],
          origin,
        ),
      ]
    : [];
}

/** The limit that all proxied locations share, or `null`. */
function commonLimit(locations: readonly ResolvedLocation[]): Decided<number> | null {
  const limits = locations.flatMap(({ action, bodySizeMib }) =>
    action.kind === 'proxy' ? [bodySizeMib] : [],
  );
  const first = limits[0];
  return first !== undefined && limits.every(({ value }) => value === first.value) ? first : null;
}

/** LimitRequestBody does not count for proxied requests (http_filters.c), so the length that a request states is compared here. */
function bodyRules(
  pattern: string,
  { value, origin }: Decided<number>,
  ruleOrigin: LineOrigin,
  conditions: readonly ApacheNode[] = [],
): readonly ApacheNode[] {
  if (value === 0) return [];
  return [
    ...conditions,
    directive('RewriteCond', ['expr', `%{HTTP:Content-Length} -gt ${value * 1_048_576}`], origin),
    directive('RewriteRule', [pattern, '-', '[R=413,L]'], ruleOrigin),
  ];
}

/**
 * Requests that only a header sends another way. `[P]` takes the path out of the request line as it came: decoded text in a rule's
 * target is how requests were split (CVE-2023-25690).
 */
function proxyRules(
  { match }: ResolvedLocation,
  action: ProxyAction,
  conditions: readonly ApacheNode[],
  target: RenderTarget,
  routes: Routes,
): readonly ApacheNode[] {
  const plain = routes.find(action);
  if (plain === null) return [];
  const { from, to } = pathMapping(action);
  const pass = (route: Route, when: readonly ApacheNode[]) => [
    ...when,
    directive(
      'RewriteCond',
      ['%{THE_REQUEST}', `^[^ ]+ ${escapePattern(from)}([^[:cntrl:] ?]*)`],
      route.explain(action.path.origin),
    ),
    directive(
      'RewriteRule',
      [pathPattern(match, oneSlash(target)), `${route.name}${to}%1`, '[P,NE]'],
      patternOrigin(route.explain(action.upstream.origin), target),
    ),
  ];
  const tunnel = action.upgrade.value && !plain.upgrade ? routes.find(action, true) : null;
  const isUpgrade = directive(
    'RewriteCond',
    ['%{HTTP:Upgrade}', '^websocket$', '[NC]'],
    plain.explain(action.upgrade.origin),
  );
  return [
    ...(tunnel === null ? [] : pass(tunnel, [...conditions, isUpgrade])),
    ...(match.kind === 'header' ? pass(plain, conditions) : []),
  ];
}

type Redirect = Extract<LocationAction, { kind: 'redirect' }>;

function redirectRules(
  action: Redirect,
  pattern: string,
  origin: LineOrigin,
): readonly (readonly ApacheNode[])[] {
  const flags = `R=${action.status},NE,L`;
  // Apache sends no path alone: it puts the scheme of its own listener in front.
  const target = rewriteTarget([...(action.base ?? []), ...action.location]);
  if (action.restOf !== null) {
    // As it was received; Apache adds the query by itself. Another spelling of the beginning leads to the beginning alone.
    const rest = `^[^ ]+ ${authority}/+${escapeRewritePattern(action.restOf.slice(1)).replaceAll('/', '/+')}[/\\x5c]*([^ ?]*)`;
    const ended = `[${flags}${action.keepQuery ? '' : ',QSD'}]`;
    return [
      [
        directive('RewriteCond', ['%{THE_REQUEST}', rest], action.origin),
        directive('RewriteRule', [pattern, `${target}%1`, ended], origin),
      ],
      [directive('RewriteRule', [pattern, target, ended], origin)],
    ];
  }
  if (!action.location.some((part) => part.kind === 'variable' && part.name === 'request-uri')) {
    return [
      [directive('RewriteRule', [pattern, target, `[${flags}${action.keepQuery ? '' : ',QSD'}]`], origin)],
    ];
  }
  // The path as it came; Apache adds the query by itself. An absolute-form target is not a path and gets the root.
  return [
    [
      directive('RewriteCond', ['%{THE_REQUEST}', '^[^ ]+ (/[^ ?]*)'], action.origin),
      directive('RewriteRule', [pattern, target, `[${flags}]`], origin),
    ],
    [
      directive(
        'RewriteRule',
        [pattern, rewriteTarget(withoutRequest(action.location)), `[${flags}]`],
        origin,
      ),
    ],
  ];
}

const withoutRequest = (location: Template): Template =>
  location.map((part) =>
    part.kind === 'variable' && part.name === 'request-uri' ? { kind: 'text', text: '/' } : part,
  );

/** A substitution: `%`, `$` and `\` mean something in literal text. */
function rewriteTarget(location: Template): string {
  return location
    .map((part) => {
      if (part.kind === 'text') return part.text.replaceAll(/[\\%$]/g, '\\$&');
      return {
        'request-uri': '%1',
        host: '%{SERVER_NAME}',
        'client-ip': '%{REMOTE_ADDR}',
        user: '%{REMOTE_USER}',
      }[part.name];
    })
    .join('');
}
