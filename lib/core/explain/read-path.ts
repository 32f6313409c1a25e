import type { ServerKind } from '../web-server/render-target';

/**
 * The path of a request as a web server compares it with locations: without its query, decoded once, slashes merged, `.` parts gone. Apache keeps
 * `%2F` and `%5C` (`AllowEncodedSlashes NoDecode`), so a pattern may match on the others and not there.
 */
export function readPath(target: string, server: ServerKind): string {
  const path = target.split('?', 1)[0] ?? '';
  const decoded = path.replaceAll(/%([0-9a-fA-F]{2})/g, (code, digits: string) => {
    if (server === 'apache' && /^2f$/i.test(digits)) return code;
    return String.fromCharCode(Number.parseInt(digits, 16));
  });
  return decoded.replaceAll(/\/(?:\.?\/)+/g, '/');
}
