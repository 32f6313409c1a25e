import { remember } from '../../../remember';
import type { LocationAction, ResolvedLocation } from '../../../resolve/resolved';
import type { Decided } from '../../../site/origin';
import {
  type Argument,
  block,
  type Directive,
  directive,
  escapePattern,
  type Node,
  pattern,
  variable,
} from '../tree';
import { accessDirectives } from './access';
import { responseHeaders } from './headers';
import { maskedLog } from './logs';
import { liesBelow, locationArguments } from './match';
import { familyOf, proxyDirectives } from './proxy';
import { fromTemplate } from './values';
import type { VhostView } from './vhost-view';

/** Statuses that no server uses, to lead a request with a certain header to its location. */
const firstDetour = 450;
const detours = 40;

/** All locations of a server. */
export function locationBlocks(view: VhostView): readonly Directive[] {
  const { locations } = view.vhost;
  const byHeader = locations.filter(({ match }) => match.kind === 'header');
  if (byHeader.length > detours) {
    view.issues.error(
      'nginx.header-locations',
      byHeader[detours]?.origin.path ?? [],
      `nginx can tell at most ${detours} locations apart by header`,
      'Remove some of them.',
    );
  }
  if (byHeader.length === 0) return locations.map((location) => locationBlock(view, location, '', []));
  return locations.map((location, position) => {
    // Only headers that come earlier in the order may take requests away from a location.
    const earlier = byHeader.filter((other) => locations.indexOf(other) < position);
    return locationBlock(
      view,
      location,
      `@gatehouse_header_${byHeader.indexOf(location)}`,
      detoursFor(location, earlier, byHeader),
    );
  });
}

function detoursFor(
  location: ResolvedLocation,
  earlier: readonly ResolvedLocation[],
  all: readonly ResolvedLocation[],
): readonly Node[] {
  if (
    location.rank === 'exact' ||
    location.rank === 'guarded' ||
    location.action.kind === 'redirect' ||
    location.action.kind === 'deny'
  )
    return [];
  return earlier.flatMap((other) => {
    const { match, origin } = other;
    if (
      match.kind !== 'header' ||
      location.match.kind === 'header' ||
      !liesBelow(location.match, match.below)
    )
      return [];
    const status = String(firstDetour + all.indexOf(other));
    const value = variable(`http_${match.name.toLowerCase().replaceAll('-', '_')}`);
    return [
      directive(origin, 'error_page', status, '=', `@gatehouse_header_${all.indexOf(other)}`),
      block(
        origin,
        'if',
        [value, '~*', pattern(`^${escapePattern(match.startsWith)}`)],
        [directive(origin, 'return', status)],
      ),
    ];
  });
}

function locationBlock(
  view: VhostView,
  location: ResolvedLocation,
  name: string,
  detour: readonly Node[],
): Directive {
  const args = locationArguments(location, name);
  const content = [...detour, ...actionDirectives(view, location)];
  const passesOn =
    location.match.kind === 'prefix' && location.rank !== 'pattern' && location.action.kind === 'proxy';
  return block(
    location.origin,
    'location',
    args,
    passesOn ? [block(unredirected, 'location', args, content)] : content,
  );
}

/**
 * Where a location ends in a slash and passes requests on, nginx answers the path without that slash by itself: 301, which turns a POST into a GET. It looks at
 * outer locations only (ngx_http_core_find_static_location, `auto_redirect`), so the inner one of two passes them on.
 */
const unredirected = {
  path: null,
  why: 'the path without the last slash is another one, not redirected here',
};

function actionDirectives(view: VhostView, location: ResolvedLocation): readonly Node[] {
  const { action } = location;
  switch (action.kind) {
    case 'deny':
      return [
        ...ownHeaders(view, location, false),
        ...maskedLog(view, location.maskQuery),
        directive(action.origin, 'return', String(action.status)),
      ];
    case 'redirect':
      return [
        ...ownHeaders(view, location, false),
        ...maskedLog(view, location.maskQuery),
        ...redirect(action),
      ];
    case 'static':
      return [
        ...accessDirectives(location.access),
        ...files(location, action),
        ...ownHeaders(view, location, false),
        ...maskedLog(view, location.maskQuery),
      ];
    case 'proxy':
      return [
        ...accessDirectives(location.access),
        bodySize(location.bodySizeMib),
        ...proxyDirectives(view, location, action),
        ...ownHeaders(view, location, true),
        ...maskedLog(view, location.maskQuery),
      ];
  }
}

const bodySize = remember(({ value, origin }: Decided<number>) =>
  directive(origin, 'client_max_body_size', value === 0 ? '0' : `${value}m`),
);

function redirect({
  status,
  location,
  restOf,
  keepQuery,
  origin,
}: Extract<LocationAction, { kind: 'redirect' }>): readonly Directive[] {
  const target = fromTemplate(location);
  const parts = Array.isArray(target) ? target : [target];
  const lead = (more: readonly Argument[]) =>
    directive(origin, 'return', String(status), more.length === 0 ? parts : [...parts, ...more].flat());
  const plain = lead(keepQuery ? [variable('is_args'), variable('args')] : []);
  if (restOf === null) return [plain];
  // As it was received, the query with it. Another spelling of the beginning leads to the beginning alone.
  const rest = `^${escapePattern(restOf)}[/\\x5c]*(${keepQuery ? '.*' : '[^?]*'})`;
  return [block(origin, 'if', [variable('request_uri'), '~', pattern(rest)], [lead([variable('1')])]), plain];
}

function files(
  location: ResolvedLocation,
  { directory, purpose, listing }: Extract<LocationAction, { kind: 'static' }>,
): readonly Directive[] {
  if (purpose === 'acme') {
    return [
      directive(directory.origin, 'root', directory.value),
      directive(
        { path: directory.origin.path, why: 'ACME answers are plain text' },
        'default_type',
        'text/plain',
      ),
    ];
  }
  // Both sides end in a slash, or `..` could climb out of the directory.
  return [
    directive(
      directory.origin,
      location.match.kind === 'any' ? 'root' : 'alias',
      location.match.kind === 'any' ? directory.value : `${directory.value}/`,
    ),
    ...(listing.value ? [directive(listing.origin, 'autoindex', 'on')] : []),
  ];
}

const inheritedOrNothing: readonly Directive[] = [];

/** Response headers, unless the location inherits the server's. */
function ownHeaders(view: VhostView, location: ResolvedLocation, proxied: boolean): readonly Directive[] {
  const family = proxied ? familyOf(location) : null;
  // Hiding is inherited by proxied locations only, which is where it matters.
  if (location.responseHeaders === view.vhost.responseHeaders && family !== 'grpc') return inheritedOrNothing;
  return [...responseHeaders(location.responseHeaders, family), ...view.ownResponseHeaders];
}
