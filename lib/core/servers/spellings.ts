import { remember } from '../remember';
import type { ResolvedLocation, ResolvedMatch } from '../resolve/resolved';

/**
 * How requests are told that an application reads as a rule's path although the path is written otherwise. A web server picks the rule by its
 * own reading (nginx and Caddy decode `%2f`, Apache does not; none cuts `;x`), an application may decode once more, cut parameters and take a
 * backslash for a slash. All three refuse what the two could read differently. Only what PCRE and RE2 share is used, and a backslash
 * is written by its code, because mod_rewrite reads its lines raw.
 */
export interface Spellings {
  /** The path as it was received, where it is written as the rule writes it. Begins at its first slash. */
  readonly written: string;
  /** The path as the web server decodes it, where it is the rule's for the web server. Begins at its first slash. */
  readonly decoded: string;
  /** The decoded path, where an application may take it for the rule's. Contains `decoded`. Begins at its first slash. */
  readonly read: string;
  readonly status: 400 | 403 | 404;
  /** A refusal holds for upper and lower case, for the path without its last slash, and behind `//name`, which is a host to some. */
  readonly denies: boolean;
}

/** One character that some application takes for a slash, in a path that was decoded once. */
const slash = '(?:[/\\x5c]|%(?:25)*(?:2f|2F|5c|5C))';
/** What may be between two parts of a path: slashes of any kind, and parameters up to the next slash. */
const between = `(?:${slash}|;[^/]*/)+`;
const parameters = '(?:;.*)?$';

/** A letter, a digit or `-._~` that was encoded twice or more: no client does that, and some applications decode until nothing is left. */
export const hiddenLetter = '^[^? ]*%(?:25)+(?:2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eE])';

/**
 * A path that climbs: `..` between separators, each written plainly or encoded once or more; `;` begins a parameter that some applications cut off first,
 * and a NUL ends the path for others. Compared without regard to case.
 */
export const climbing =
  '^[^?]*(?:%(?:25)*00|(?:[/\\\\]|%(?:25)*(?:2f|5c))(?:\\.|%(?:25)*2e)(?:\\.|%(?:25)*2e)(?:[/\\\\;?]|%(?:25)*(?:2f|5c|3b)|$))';

const special = /[\\^$.*+?()[\]{}|]/g;
const literal = (text: string) => text.replaceAll(special, '\\$&');

/** Typed characters that clients may send encoded without meaning anything else. */
const asSent = (path: string) =>
  path.replaceAll(/[~!@&=+,:]|[\\^$.*?()[\]{}|]/g, (char) =>
    /[~!@&=+,:]/.test(char)
      ? `(?:${literal(char)}|%${char
          .charCodeAt(0)
          .toString(16)
          .replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`)})`
      : `\\${char}`,
  );

const parts = (path: string) => path.split('/').filter((part) => part !== '');
const joined = (path: string) => parts(path).map(literal).join(between);

function patterns(
  match: ResolvedMatch,
  denies: boolean,
): Pick<Spellings, 'written' | 'decoded' | 'read'> | null {
  const tail = denies ? `${slash}*${parameters}` : parameters;
  switch (match.kind) {
    case 'exact':
      return {
        written: `${asSent(match.path)}(?:[? ]|$)`,
        decoded: `${literal(match.path)}$`,
        read: `/+${joined(match.path)}${match.path.endsWith('/') && match.path !== '/' ? between : ''}${tail}`,
      };
    case 'prefix':
      return {
        written: asSent(match.path),
        decoded: literal(match.path),
        read: `/+${joined(match.path)}${denies ? `(?:${slash}|;|$)` : `(?:${slash}|;[^/]*/)`}`,
      };
    case 'suffix':
      return {
        written: `${asSent(match.below)}(?:[^? ]*/)?${asSent(match.path.slice(1))}(?:[? ]|$)`,
        decoded: `${literal(match.below)}(?:.*/)?${literal(match.path.slice(1))}$`,
        read: `/+${match.below === '/' ? '' : joined(match.below) + between}(?:.*${slash})?${joined(match.path)}${tail}`,
      };
    case 'segments':
      return {
        written: `${match.segments.map((part) => `/${part === null ? '[^/? ]+' : asSent(part)}`).join('')}(?:[? ]|$)`,
        decoded: `${match.segments.map((part) => `/${part === null ? '[^/]+' : literal(part)}`).join('')}$`,
        read: `/+${match.segments.map((part) => (part === null ? '[^/\\x5c]+' : literal(part))).join(between)}${tail}`,
      };
    case 'header':
    case 'any':
      return null;
  }
}

/** The spellings of a location that must be refused; `null` where none are. */
export const spellingsOf = remember(({ match, action, strict }: ResolvedLocation): Spellings | null => {
  if (!strict) return null;
  const denies = action.kind === 'deny';
  const found = patterns(match, denies);
  return found === null ? null : { ...found, denies, status: denies ? action.status : 400 };
});
