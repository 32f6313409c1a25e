import { also, type LineOrigin } from '../../site/origin';
import type { ResolvedMatch } from '../../site/resolved';
import type { RenderTarget } from '../types';
import { gateReason, hasCapability } from './capabilities';

const special = /[\\^$.*+?()[\]{}|]/;

/** Escapes what a regular expression would read, for PCRE and RE2 alike. */
export function escapePattern(text: string): string {
  return special.test(text) ? text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&') : text;
}

/**
 * The same for mod_rewrite, which reads its lines raw (mod_rewrite.c, parseargline): a quotation mark ends an argument even behind a
 * backslash, and of an escaped pair of backslashes both stay. So both are written by their codes.
 */
export const escapeRewritePattern = (text: string): string =>
  escapePattern(text).replaceAll('\\\\', '\\x5c').replaceAll('"', '\\x22');

/**
 * The paths of a match as an anchored regular expression over the decoded path; a header match is told by its paths alone.
 * `slash` is the expression for one slash, see `oneSlash`.
 */
export function pathPattern(match: ResolvedMatch, slash: '/' | '/+' = '/'): string {
  const literal = (path: string) => escapePattern(path).replaceAll('/', slash);
  switch (match.kind) {
    case 'exact':
      return `^${literal(match.path)}$`;
    case 'prefix':
      return `^${literal(match.path)}`;
    case 'suffix':
      return `^${literal(match.below)}(?:.*${slash})?${literal(match.path.slice(1))}$`;
    case 'segments':
      return `^${match.segments.map((part) => slash + (part === null ? '[^/]+' : escapePattern(part))).join('')}$`;
    case 'header':
      return `^${literal(match.below)}`;
    case 'any':
      return `^${slash}`;
  }
}

/** One slash in a pattern: before 2.4.39 doubled slashes reach patterns unmerged, and must not slip past them. */
export const oneSlash = ({ version }: RenderTarget): '/' | '/+' =>
  hasCapability(version, 'mergeSlashes') ? '/' : '/+';

const patternOrigins = new WeakMap<RenderTarget, WeakMap<LineOrigin, LineOrigin>>();

/** Origin of a line with such a pattern. */
export function patternOrigin(origin: LineOrigin, target: RenderTarget): LineOrigin {
  const known = patternOrigins.get(target) ?? new WeakMap<LineOrigin, LineOrigin>();
  patternOrigins.set(target, known);
  const made =
    known.get(origin) ?? also(origin, `slashes in patterns: ${gateReason(target, 'mergeSlashes')}`);
  known.set(origin, made);
  return made;
}
