import type { ResolvedMatch } from '../../resolve/resolved';

const special = /[\\^$.*+?()[\]|{}`]/;

/** Escapes what RE2 would read; braces and backticks by code, so that they mean nothing to the Caddyfile either. */
export function escapePattern(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll(/[\\^$.*+?()[\]|]/g, '\\$&')
    .replaceAll(/[{}`]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
}

/**
 * Paths of a match as an expression over the cleaned, decoded path; `null` for everything. Expressions are used throughout because
 * Caddy's plain path matcher does not mind upper and lower case.
 */
export function pathExpression(match: ResolvedMatch): string | null {
  switch (match.kind) {
    case 'exact':
      return `^${escapePattern(match.path)}$`;
    case 'prefix':
      return `^${escapePattern(match.path)}`;
    case 'suffix':
      return `^${escapePattern(match.below)}(?:.*/)?${escapePattern(match.path.slice(1))}$`;
    case 'segments':
      return `^${match.segments.map((part) => `/${part === null ? '[^/]+' : escapePattern(part)}`).join('')}$`;
    case 'header':
      return match.below === '/' ? null : `^${escapePattern(match.below)}`;
    case 'any':
      return null;
  }
}
