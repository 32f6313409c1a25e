import { remember } from '../../remember';
import type { LocationRewrites, ProxyAction, ResolvedCookies, ResolvedHeader } from '../../resolve/resolved';
import type { LineOrigin } from '../types';
import { type ApacheNode, directive } from './directive';
import { headerValue } from './expression';
import { escapePattern } from './pattern';

/** One change of headers. */
export interface HeaderItem {
  /** Items of the same key do the same. */
  key(): string;
  /** What is set or removed; a later line for the same replaces this one. `null` for edits, which add up. */
  readonly sets: string | null;
  /** The lines, each under a condition unless it is `null`. */
  nodes(condition: string | null): readonly ApacheNode[];
}

/** Request headers towards the upstream, `Host` first. mod_headers works on them after sign-in, right before the request is passed on. */
export const requestItems = ({ host, requestHeaders }: ProxyAction): readonly HeaderItem[] => [
  hostItem(host),
  ...listItems(requestHeaders),
];

/** Most sites share whole lists of request headers: their lines are made once. */
const requestItem = remember((header: ResolvedHeader): HeaderItem => {
  const plain = requestHeader(header, null);
  return headerItem('request', header, (condition) =>
    condition === null ? plain : requestHeader(header, condition),
  );
});
const listItems = remember((headers: readonly ResolvedHeader[]) => headers.map(requestItem));
const hostItem = remember(({ value, origin }: ProxyAction['host']) =>
  requestItem({ op: 'set', name: 'Host', value, origin }),
);

/** Response headers, sent with every status. */
export function responseItems(headers: readonly ResolvedHeader[]): readonly HeaderItem[] {
  return headers.map((header) =>
    headerItem('response', header, (condition) => responseHeader(header, condition)),
  );
}

function headerItem(side: string, header: ResolvedHeader, nodes: HeaderItem['nodes']): HeaderItem {
  const sets = `${side} ${header.name.toLowerCase()}`;
  let key: string | undefined;
  return {
    key() {
      key ??= header.op === 'set' ? `${sets} ${headerValue(header.value)}` : sets;
      return key;
    },
    sets,
    nodes,
  };
}

function requestHeader(header: ResolvedHeader, condition: string | null): readonly ApacheNode[] {
  const when = condition === null ? [] : [`expr=${condition}`];
  const unset = directive('RequestHeader', ['unset', header.name, ...when], header.origin);
  if (header.op === 'remove') return [unset];
  const value = headerValue(header.value);
  if (!header.value.every((part) => part.kind === 'variable' && part.name === 'user')) {
    return [directive('RequestHeader', ['set', header.name, value, ...when], header.origin)];
  }
  // Nobody signed in: no header at all rather than an empty one.
  const signedIn = `expr=${['-n %{REMOTE_USER}', ...(condition === null ? [] : [condition])].join(' && ')}`;
  return [unset, directive('RequestHeader', ['set', header.name, value, signedIn], header.origin)];
}

/**
 * Apache keeps two tables, one for answers that went well (the upstream's own headers are there) and one that is sent always; setting in
 * the second without clearing the first would send the header twice.
 */
function responseHeader(header: ResolvedHeader, condition: string | null): readonly ApacheNode[] {
  const when = condition === null ? [] : [`expr=${condition}`];
  const clear = directive('Header', ['onsuccess', 'unset', header.name, ...when], header.origin);
  return header.op === 'remove'
    ? [clear, directive('Header', ['always', 'unset', header.name, ...when], header.origin)]
    : [
        clear,
        directive(
          'Header',
          ['always', 'set', header.name, headerValue(header.value), ...when],
          header.origin,
        ),
      ];
}

function edit(name: string, pattern: string, to: string, origin: LineOrigin): HeaderItem {
  return {
    key: () => `edit ${name} ${pattern} ${to}`,
    sets: null,
    nodes: (condition) => [
      directive(
        'Header',
        ['onsuccess', 'edit', name, pattern, to, ...(condition === null ? [] : [`expr=${condition}`])],
        origin,
      ),
    ],
  };
}

/** `Location` of the upstream's redirects: the first `from` that fits counts, so every rule excludes the ones before it. */
export function locationEdits(rewrites: LocationRewrites): readonly HeaderItem[] {
  return rewrites.flatMap(({ from, to, origin }, index) => {
    if (from === to) return [];
    const earlier = rewrites.slice(0, index).map((rule) => escapePattern(rule.from));
    const exclusion = earlier.length === 0 ? '' : `(?!${earlier.join('|')})`;
    return [edit('Location', `^${exclusion}${escapePattern(from)}`, replacement(to), origin)];
  });
}

/** Flags and path of cookies; an edit changes every `Set-Cookie` line of the answer. */
export function cookieEdits(cookies: ResolvedCookies): readonly HeaderItem[] {
  const cookie = (pattern: string, to: string, origin: LineOrigin) => edit('Set-Cookie', pattern, to, origin);
  const flag = (name: string, origin: LineOrigin) =>
    cookie(`(?i)^(?!.*;\\s*${name}\\s*(?:;|$))(.*)$`, `$1; ${name}`, origin);
  const items: HeaderItem[] = [];
  if (cookies.path) {
    const prefix = cookies.path.value;
    const pattern = `(?i)^([^;]*(?:;.*?)?;\\s*path=)(?!${escapePattern(prefix)})/`;
    items.push(cookie(pattern, `$1${replacement(prefix)}/`, cookies.path.origin));
  }
  if (cookies.secure) items.push(flag('Secure', cookies.secure.origin));
  if (cookies.httpOnly) items.push(flag('HttpOnly', cookies.httpOnly.origin));
  if (cookies.sameSite) {
    const value = { lax: 'Lax', strict: 'Strict', none: 'None' }[cookies.sameSite.value];
    const { origin } = cookies.sameSite;
    items.push(
      cookie('(?i);\\s*samesite(?:=[^;]*)?(?=;|$)', '', origin),
      cookie('(?i)^(?!.*;\\s*samesite=)(.*)$', `$1; SameSite=${value}`, origin),
    );
  }
  return items;
}

/** Literal replacement text: read once as a format string (`%`, `\`) and once for back references (`$`, `\`). */
function replacement(text: string): string {
  return text.replaceAll(/[\\$]/g, '\\\\$&').replaceAll('%', '%%');
}
