import { remember } from '../../remember';
import type { ResolvedMatch } from '../../resolve/resolved';
import { alsoAlways, type LineOrigin } from '../../site/origin';
import type { RenderTarget } from '../../web-server/render-target';
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
  switch (match.kind) {
    case 'exact':
      return `^${literal(match.path, slash)}$`;
    case 'prefix':
      return `^${literal(match.path, slash)}`;
    case 'suffix':
      return `^${literal(match.below, slash)}(?:.*${slash})?${literal(match.path.slice(1), slash)}$`;
    case 'segments':
      return `^${match.segments.map((part) => slash + (part === null ? segment : escapePattern(part))).join('')}$`;
    case 'header':
      return `^${literal(match.below, slash)}`;
    case 'any':
      return `^${slash}`;
  }
}

/** Apache leaves encoded slashes as they came; to the other web servers they end a part of a path. */
const segment = '(?:[^/%]|%(?!2[fF]))+';

const literal = (path: string, slash: '/' | '/+') => escapePattern(path).replaceAll('/', slash);

/** One slash in a pattern: before 2.4.39 doubled slashes reach patterns unmerged, and must not slip past them. */
export const oneSlash = ({ version }: RenderTarget): '/' | '/+' =>
  hasCapability(version, 'mergeSlashes') ? '/' : '/+';

const patternOrigins = remember((target: RenderTarget) =>
  alsoAlways(`slashes in patterns: ${gateReason(target, 'mergeSlashes')}`),
);

/** Origin of a line with such a pattern. */
export const patternOrigin = (origin: LineOrigin, target: RenderTarget): LineOrigin =>
  patternOrigins(target)(origin);
