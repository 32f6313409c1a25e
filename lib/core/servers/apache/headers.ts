import type { ResolvedCookies, ResolvedHeader } from '../../site/resolved';
import { type ApacheNode, directive } from './directive';
import { headerValue } from './expression';
import { escapePattern } from './pattern';

/** Request headers towards the upstream. mod_headers works on them after sign-in and right before the request is passed on. */
export function requestHeader(header: ResolvedHeader, condition: string | null): readonly ApacheNode[] {
  const when = condition === null ? [] : [`expr=${condition}`];
  if (header.op === 'remove') return [directive('RequestHeader', ['unset', header.name, ...when], header.origin)];
  const set = directive('RequestHeader', ['set', header.name, headerValue(header.value), ...when], header.origin);
  const onlyUser = header.value.every((part) => part.kind === 'variable' && part.name === 'user');
  if (!onlyUser) return [set];
  // Nobody signed in: no header at all rather than an empty one.
  return [
    directive('RequestHeader', ['unset', header.name, ...when], header.origin),
    directive(
      'RequestHeader',
      ['set', header.name, headerValue(header.value), `expr=${['-n %{REMOTE_USER}', ...(condition === null ? [] : [`(${condition})`])].join(' && ')}`],
      header.origin,
    ),
  ];
}

/**
 * Response headers. Apache keeps two tables, one for answers that went well (the upstream's own headers are there) and one that is
 * sent always; setting in the second without clearing the first would send the header twice.
 */
export function responseHeader(header: ResolvedHeader, condition: string | null): readonly ApacheNode[] {
  const when = condition === null ? [] : [`expr=${condition}`];
  const clear = directive('Header', ['onsuccess', 'unset', header.name, ...when], header.origin);
  return header.op === 'remove'
    ? [clear, directive('Header', ['always', 'unset', header.name, ...when], header.origin)]
    : [clear, directive('Header', ['always', 'set', header.name, headerValue(header.value), ...when], header.origin)];
}

type Rewrites = readonly { readonly from: string; readonly to: string; readonly origin: ResolvedHeader['origin'] }[];

/** `Location` of the upstream's redirects: the first `from` that fits counts, so every rule excludes the ones before it. */
export function locationEdits(rewrites: Rewrites): readonly ApacheNode[] {
  return rewrites.flatMap(({ from, to, origin }, index) => {
    if (from === to) return [];
    const earlier = rewrites.slice(0, index).map((rule) => escapePattern(rule.from));
    const exclusion = earlier.length === 0 ? '' : `(?!${earlier.join('|')})`;
    return [
      directive('Header', ['onsuccess', 'edit', 'Location', `^${exclusion}${escapePattern(from)}`, replacement(to)], origin),
    ];
  });
}

/** Flags and path of cookies, one edit each; an edit changes every `Set-Cookie` line of the answer. */
export function cookieEdits(cookies: ResolvedCookies): readonly ApacheNode[] {
  const edit = (pattern: string, to: string, origin: ResolvedHeader['origin']) =>
    directive('Header', ['onsuccess', 'edit', 'Set-Cookie', pattern, to], origin);
  const flag = (name: string, origin: ResolvedHeader['origin']) =>
    edit(`(?i)^(?!.*;\\s*${name}\\s*(?:;|$))(.*)$`, `$1; ${name}`, origin);
  const nodes: ApacheNode[] = [];
  if (cookies.path) {
    const { from, to } = cookies.path.value;
    nodes.push(
      edit(
        `(?i)^([^;]*(?:;.*?)?;\\s*path=)(?!${escapePattern(to)})${escapePattern(from)}`,
        `$1${replacement(to)}`,
        cookies.path.origin,
      ),
    );
  }
  if (cookies.secure) nodes.push(flag('Secure', cookies.secure.origin));
  if (cookies.httpOnly) nodes.push(flag('HttpOnly', cookies.httpOnly.origin));
  if (cookies.sameSite) {
    const value = { lax: 'Lax', strict: 'Strict', none: 'None' }[cookies.sameSite.value];
    nodes.push(
      edit('(?i);\\s*samesite(?:=[^;]*)?', '', cookies.sameSite.origin),
      edit('^(.*)$', `$1; SameSite=${value}`, cookies.sameSite.origin),
    );
  }
  return nodes;
}

/** Literal replacement text: read once as a format string (`%`, `\`) and once for back references (`$`, `\`). */
function replacement(text: string): string {
  return text.replaceAll(/[\\$]/g, '\\\\$&').replaceAll('%', '%%');
}
