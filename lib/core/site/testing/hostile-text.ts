import fc from 'fast-check';
import { anyText } from './any-text';

/** Pieces that mean something to a config file, a shell or a parser. */
const pieces = [
  '\n',
  '\r\n',
  '\0',
  '\t',
  '\u2028',
  '\u0085',
  '\u001b[31m',
  '\ud800',
  '\u202e',
  'é',
  '日本',
  ' ',
  '  ',
  ';',
  '{',
  '}',
  '{{',
  '}}',
  '#',
  '"',
  "'",
  '`',
  '\\',
  '\\n',
  '\\"',
  '$',
  '${',
  '$host',
  '$1',
  '%',
  '%{',
  '%h',
  '%0a',
  '<',
  '>',
  '</VirtualHost>',
  '..',
  '/',
  '//',
  '/../',
  '~',
  '^',
  '*',
  '?',
  '|',
  '&',
  '(',
  ')',
  '[',
  ']',
  ':',
  ',',
  '=',
  '@',
  '!',
  'include /etc/passwd;',
  'return 200',
  'Include',
  'import',
  '{env.HOME}',
  '{$HOME}',
  '<<EOF',
  'a',
  'A',
  '0',
  'x'.repeat(300),
  'unix:/tmp/x',
  'off',
  'default',
  '{client_ip}',
  '{user}',
  '{host}',
  '/etc/x',
  'ci.example.com',
  '10.0.0.1',
  '::1',
  '65536',
  '-1',
  '\\\n',
  '\ufeff',
  '\u200b',
  '\u202d',
  'e\u0301',
  '\udc00',
  '😀',
  '$http_x',
  '$arg_q',
  '\u0024{PATH}',
  '\u0024{gatehouse_dollar}',
  '%{ENV:PATH}e',
  '%{HTTP_HOST}',
  '%%',
  'expr=',
  '</Location>',
  '{env.PATH}',
  '{$PATH:x}',
  '{file./etc/hostname}',
  '{http.request.uri}',
  '{vars.gatehouse_brace}',
  'import *',
  'IncludeOptional /etc/*',
  '<<<END',
  'END',
  'x'.repeat(5000),
];

/** Those of them that a header value may hold: what reaches a server most often. */
const visible = pieces.filter((piece) => /^[\x20-\x7e]{1,40}$/.test(piece));

/** Text that tries to be more than a value. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...pieces), anyText({ maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

/** A harmless value with something hostile before, inside or after it. */
export const spoiled = (harmless: string): fc.Arbitrary<string> =>
  fc
    .tuple(hostileText, fc.nat(harmless.length))
    .map(([text, at]) => harmless.slice(0, at) + text + harmless.slice(at));

/** Text that a header value may hold, and nothing is meant by it. */
export const visibleText = fc
  .array(fc.oneof(fc.constantFrom(...visible), fc.string({ maxLength: 2, unit: 'grapheme-ascii' })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

/** Hostile text at some place of a harmless value, or instead of it; half of the time nothing but visible characters. */
export const replaced = (harmless: string): fc.Arbitrary<string> =>
  fc.oneof(
    spoiled(harmless),
    hostileText,
    fc
      .tuple(visibleText, fc.nat(harmless.length))
      .map(([text, at]) => harmless.slice(0, at) + text + harmless.slice(at)),
    visibleText,
  );
