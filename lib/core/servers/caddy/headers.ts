import { remember } from '../../remember';
import type { LocationRewrites, ProxyAction, ResolvedCookies, ResolvedHeader } from '../../resolve/resolved';
import type { LineOrigin } from '../types';
import { escapePattern } from './matcher';
import { because, block, type CaddyNode, type Directive, directive, type Shared, shared } from './tree';
import { templateValue, userVariable } from './value';

/** Whether a header holds nothing but the name of who signed in. */
const isUserOnly = (header: ResolvedHeader): boolean =>
  header.op === 'set' && header.value.every((part) => part.kind === 'variable' && part.name === 'user');

/** A request header inside `reverse_proxy`. Only a bare user name is set elsewhere, see `userHeaders`. */
export const headerUp = remember((header: ResolvedHeader): readonly Directive[] => {
  // Names with `_` are gone already, see `requestGuards`.
  if (header.op === 'remove')
    return header.name.includes('_') ? [] : [directive(header.origin, 'header_up', `-${header.name}`)];
  if (isUserOnly(header)) return [];
  return [directive(header.origin, 'header_up', header.name, templateValue(header.value))];
});

/** All request headers of a list, made once: most sites share whole lists. */
export const headersUp = remember(
  (headers: readonly ResolvedHeader[]): Shared => shared(headers.flatMap((header) => headerUp(header))),
);

export const hostUp = remember(({ value, origin }: ProxyAction['host']) =>
  directive(origin, 'header_up', 'Host', templateValue(value)),
);

const noUnderscores = directive(
  because('guard: _ and - are the same to many applications'),
  'request_header',
  '-*_*',
);

/**
 * What no request of a location may bring along. Names with `_` and `-` are the same to many applications, and only the other spelling would
 * be overwritten, so clients' headers with `_` are dropped, as nginx does.
 */
export function requestGuards({ upgrade }: ProxyAction): readonly CaddyNode[] {
  return [noUnderscores, ...(upgrade.value ? [] : [directive(upgrade.origin, 'request_header', '-Upgrade')])];
}

/** The name of who signed in, set before `reverse_proxy`: a name that nobody has is not sent empty. */
export function userHeaderNodes(action: ProxyAction, id: number): readonly CaddyNode[] {
  const name = [{ placeholder: `http.vars.${userVariable}` }];
  return action.requestHeaders
    .filter(isUserOnly)
    .flatMap((header) => [
      directive(header.origin, 'request_header', `-${header.name}`),
      block(header.origin, `@signed-in-${id}`, [], [directive(header.origin, 'vars_regexp', name, '.')]),
      directive(header.origin, 'request_header', `@signed-in-${id}`, header.name, name),
    ]);
}

/** What is said of response headers before anything answers, so that errors and refusals carry them too. */
export function responseHeaderNodes(headers: readonly ResolvedHeader[]): readonly CaddyNode[] {
  return headers.flatMap((header) =>
    header.op === 'set'
      ? [directive(header.origin, 'header', '*', header.name, templateValue(header.value))]
      : [],
  );
}

// Marks a value that is done. Neither a path nor a URL starts with it.
const done = 'gatehouse!';

/** Repairs of redirects: the first `from` that fits counts. RE2 cannot look ahead, so a value that was dealt with is marked and the mark taken off at the end. */
export function locationRewrites(rewrites: LocationRewrites): readonly CaddyNode[] {
  const change = (pattern: string, to: string, origin: LineOrigin) =>
    directive(origin, 'header_down', 'Location', pattern, to);
  const last = rewrites.at(-1);
  if (last === undefined || rewrites.every(({ from, to }) => from === to)) return [];
  if (rewrites.length === 1)
    return [change(`^${escapePattern(last.from)}`, replacement(last.to), last.origin)];
  return [
    ...rewrites.map(({ from, to, origin }) =>
      change(`^${escapePattern(from)}`, done + replacement(to), origin),
    ),
    change(`^${done}(.)`, '$1', last.origin),
  ];
}

/** Flags are taken off where they are and put at the end; a path is marked while it is looked at, as above. */
export function cookieRewrites({ secure, httpOnly, sameSite, path }: ResolvedCookies): readonly CaddyNode[] {
  const change = (origin: LineOrigin, pattern: string, to: string) =>
    directive(origin, 'header_down', 'Set-Cookie', pattern, to);
  const flag = (origin: LineOrigin, pattern: string, text: string) => [
    change(origin, `(?i);\\s*${pattern}\\s*(;|$)`, '$1'),
    change(origin, '^(.*)$', `$1; ${text}`),
  ];
  const sameSiteText = { lax: 'Lax', strict: 'Strict', none: 'None' } as const;
  return [
    ...(path === null
      ? []
      : [
          change(
            path.origin,
            `(?i)(;\\s*path=)${escapePattern(path.value)}`,
            `$1!${replacement(path.value)}`,
          ),
          change(path.origin, '(?i)(;\\s*path=)/', `$1!${replacement(path.value)}/`),
          change(path.origin, '(?i)(;\\s*path=)!', '$1'),
        ]),
    ...(secure ? flag(secure.origin, 'secure', 'Secure') : []),
    ...(httpOnly ? flag(httpOnly.origin, 'httponly', 'HttpOnly') : []),
    ...(sameSite
      ? flag(sameSite.origin, 'samesite(?:=[^;]*)?', `SameSite=${sameSiteText[sameSite.value]}`)
      : []),
  ];
}

/** Literal replacement text: a dollar sign would name a group. */
const replacement = (text: string): string => text.replaceAll('$', '$$$$');
