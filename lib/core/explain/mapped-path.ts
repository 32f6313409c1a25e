import type { PathMapping, ResolvedMatch } from '../resolve/resolved';
import type { ServerKind } from '../web-server/render-target';

/**
 * The path as the application gets it. Where Caddy changes a path that has no escapes it adds some (issue `caddy.path-characters`), and a backslash it
 * always escapes. Apache takes several slashes in front for one (server/protocol.c, ap_parse_uri), and behind the path of a location. Every other byte stays.
 */
export function mappedPath(
  mapping: PathMapping,
  match: ResolvedMatch,
  path: string,
  server: ServerKind,
): string {
  if (server === 'apache') return replaced(mapping, merged(match, path));
  const to = replaced(mapping, path);
  if (server !== 'caddy' || path.includes('%')) return to;
  return to.replaceAll(
    mapping.kind === 'none' ? /\\/g : /[!'()*[\]\\]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function merged(match: ResolvedMatch, path: string): string {
  // Those are passed on by a rewrite of the request line, which stays as it is.
  if (match.kind === 'header') return path;
  const one = path.replace(/^\/+/, '/');
  return match.kind === 'prefix' && one.startsWith(match.path)
    ? match.path + one.slice(match.path.length).replace(/^\/+/, '')
    : one;
}

function replaced(mapping: PathMapping, path: string): string {
  switch (mapping.kind) {
    case 'none':
      return path;
    case 'strip':
      return path.startsWith(mapping.prefix) ? `/${path.slice(mapping.prefix.length)}` : path;
    case 'add':
      return mapping.prefix + path.slice(1);
    case 'replace':
      return path.startsWith(mapping.from) ? mapping.to + path.slice(mapping.from.length) : path;
  }
}
