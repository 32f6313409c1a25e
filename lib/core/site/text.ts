import { z } from 'zod';
import { parseTemplate } from './template';

/**
 * Building blocks of the site document. Every string that can reach a config file is one of these, so that no field can be
 * declared without saying which characters it may hold. Printing quotes on top of that; this is the first of two fences.
 */

// Control characters (C0, DEL, C1, line and paragraph separators) have no place in any field of a site; lone surrogates are not text.
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** One line of text for people: titles and descriptions. */
export const Line = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !forbidden.test(text), 'must not contain line breaks or control characters');

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

/** Identifier used in file names and config symbols: lower case, digits, inner hyphens, at most 63 characters. */
export const Slug = z
  .string()
  .max(63)
  .regex(new RegExp(`^${label}$`), 'use 1 to 63 lower-case letters, digits and inner hyphens');

/** A DNS host name in ASCII form (RFC 1123), lower case, optionally with a leading `*.` label. International names are given as `xn--…`. */
export const Hostname = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^(?:\\*\\.)?(?:${label}\\.)*${label}$`),
    'must be a host name such as ci.example.com (lower case, no scheme, port or path)',
  )
  // A name that ends in a number is read as an IPv4 address by resolvers, in more ways than the usual one.
  .refine((name) => !/(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(name), 'must be a name, not an IPv4 address');

/** A host name that stands for one machine: no wildcard. */
export const PlainHostname = Hostname.refine((name) => !name.startsWith('*'), 'must not be a wildcard');

export const Port = z
  .int('must be a whole number from 1 to 65535')
  .min(1, 'must be 1 to 65535')
  .max(65535, 'must be 1 to 65535');

// IPv6 with an embedded IPv4 part or a zone is written differently by each server; the plain form is always possible.
const Ipv6 = z
  .ipv6()
  .max(39)
  .regex(/^[0-9A-Fa-f:]+$/);
const Ipv4 = z.ipv4().max(15);

/**
 * An upstream address: IPv4, IPv6 (without brackets) or a host name. A machine called `unix` cannot be addressed, because the web servers read
 * `unix:…` as a socket.
 */
export const Address = z.union(
  [Ipv4, Ipv6, PlainHostname.refine((name) => name !== 'unix')],
  'must be an IPv4 or IPv6 address or a host name',
);

/** A CIDR range or a single address. */
export const Cidr = z.union(
  [
    z.cidrv4().max(18),
    z
      .cidrv6()
      .max(43)
      .regex(/^[0-9A-Fa-f:]+\/\d+$/),
    Ipv4,
    Ipv6,
  ],
  'must be an address or a range such as 10.0.0.0/8',
);

/** An absolute path on the host, restricted to characters that no web server treats specially. */
export const HostPath = z
  .string()
  .max(255)
  .regex(/^(?:\/[A-Za-z0-9._@+-]+)+$/, 'must be an absolute path of letters, digits and . _ @ + -')
  .refine(
    (path) => !path.split('/').some((part) => part === '.' || part === '..'),
    'must not contain . or .. parts',
  );

const noDots = (path: string) => !path.split('/').some((part) => part === '.' || part === '..');

/** A URL path in decoded form, of characters that need no escaping on the request line or in any config. */
export const UrlPath = z
  .string()
  .max(255)
  .regex(
    /^\/[A-Za-z0-9._~!@&=+,:/-]*$/,
    'must start with / and hold only letters, digits and . _ ~ ! @ & = + , : / -',
  )
  .refine((path) => !path.includes('//'), 'must not contain //')
  .refine(noDots, 'must not contain . or .. parts');

/** A path prefix that ends in a slash: `/` or `/buildbot/`. */
export const PathPrefix = UrlPath.refine((path) => path.endsWith('/'), 'must end with /');

/** An HTTP header field name (RFC 9110 token, narrowed to what every server accepts; `_` for headers such as REMOTE_USER). */
export const HeaderName = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]*$/,
    'must be letters, digits, hyphens and underscores, starting with a letter',
  );

/** An HTTP header value: visible ASCII and inner spaces. */
export const HeaderValue = z
  .string()
  .max(1024)
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'must be visible ASCII characters');

/** A header value with placeholders such as `{public_url}`; `{{` and `}}` stand for literal braces. */
export const HeaderTemplate = HeaderValue.refine(
  (value) => parseTemplate(value) !== null,
  'unknown placeholder; use {public_url}, {prefix}, {client_ip}, {scheme}, {host}, {port} or {user}, and {{ or }} for literal braces',
);

/** An absolute http(s) URL without user, query or fragment, of characters that every server takes literally. */
export const PlainUrl = z
  .string()
  .max(512)
  .regex(
    /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?\/[A-Za-z0-9._~!@&=+,:/-]*$/,
    'must be a URL such as https://login.example.com/start (lower-case host name, with path, without query)',
  );

/** Times are whole seconds in the document: no web server here takes finer ones everywhere. */
export const Seconds = z.int().min(1).max(604_800);
