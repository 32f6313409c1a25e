import { z } from 'zod';

/**
 * Building blocks of the site document. Every string that can reach a config file is one of these, so that no field can be
 * declared without saying which characters it may hold. Printing quotes on top of that; this is the first of two fences.
 */

// Control characters (C0, DEL, C1, line and paragraph separators) have no place in any field of a site.
const control = /[\p{Cc}\u2028\u2029]/u;

/** One line of text for people: titles and descriptions. Never printed into a config except as a comment. */
export const Line = (max: number) =>
  z.string().max(max).refine((text) => !control.test(text), 'must not contain line breaks or control characters');

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

/** Identifier used in file names and config symbols: lower case, digits, inner hyphens, at most 63 characters. */
export const Slug = z
  .string()
  .regex(new RegExp(`^${label}$`), 'use 1 to 63 lower-case letters, digits and inner hyphens');

/** A DNS host name in ASCII form (RFC 1123), lower case, optionally with a leading `*.` label. International names are given as `xn--…`. */
export const Hostname = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^(?:\\*\\.)?(?:${label}\\.)*${label}$`),
    'must be a host name such as ci.example.com (lower case, no scheme, port or path)',
  )
  .refine((name) => !/^[\d.]+$/.test(name), 'must be a name, not an IPv4 address');

export const Port = z.int('must be a whole number').min(1, 'must be 1 to 65535').max(65535, 'must be 1 to 65535');

/** An upstream address: IPv4, IPv6 (without brackets) or a host name. */
export const Address = z.union([z.ipv4(), z.ipv6(), Hostname], 'must be an IPv4 or IPv6 address or a host name');

/** A CIDR range or a single address. */
export const Cidr = z.union(
  [z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()],
  'must be an address or a range such as 10.0.0.0/8',
);

/** An absolute path on the host, restricted to characters that no web server treats specially. */
export const HostPath = z
  .string()
  .max(255)
  .regex(/^(?:\/[A-Za-z0-9._@+-]+)+$/, 'must be an absolute path of letters, digits and . _ @ + -')
  .refine((path) => !path.split('/').some((part) => part === '.' || part === '..'), 'must not contain . or .. parts');

/** A URL path (prefix) as it stands on the request line: unreserved characters and the sub-delimiters that need no escaping anywhere. */
export const UrlPath = z
  .string()
  .max(512)
  .regex(/^\/[A-Za-z0-9._~!@&=+,:%/-]*$/, 'must start with / and hold only URL path characters')
  .refine((path) => !path.split('/').some((part) => part === '.' || part === '..'), 'must not contain . or .. parts');

/** A path prefix that ends in a slash: `/` or `/buildbot/`. */
export const PathPrefix = UrlPath.refine((path) => path.endsWith('/'), 'must end with /').refine(
  (path) => !path.includes('//'),
  'must not contain //',
);

/** An HTTP header field name (RFC 9110 token, narrowed to what every server accepts). */
export const HeaderName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens');

/** An HTTP header value: visible ASCII and inner spaces. */
export const HeaderValue = z
  .string()
  .max(1024)
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'must be visible ASCII characters');

/** Times are whole seconds in the document: no web server here takes finer ones everywhere. */
export const Seconds = z.int().min(1).max(604_800);
