import type { PathMapping } from '../resolve/resolved';
import type { ServerKind } from '../web-server/render-target';

/**
 * The path as the application gets it. Where Caddy changes a path that has no escapes it adds some (issue `caddy.path-characters`); the others keep every
 * byte behind what they change.
 */
export function mappedPath(mapping: PathMapping, path: string, server: ServerKind): string {
  // Apache takes several slashes in front for one (server/protocol.c, ap_parse_uri).
  const to = replaced(mapping, server === 'apache' ? path.replace(/^\/+/, '/') : path);
  if (server !== 'caddy' || mapping.kind === 'none' || path.includes('%')) return to;
  return to.replaceAll(/[!'()*[\]]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
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
