import { describe, expect, test } from 'vitest';
import { presets } from '../presets';
import type { Preset } from '../presets/preset';
import { siteJsonSchema } from '../site/site-json-schema';
import { ServerKind } from '../web-server/render-target';
import { because, directive, section } from './apache/directive';
import { printApache } from './apache/print';
import { parseConfig as parseApache } from './apache/testing/parse-config';
import { parseCaddyfile } from './caddy/testing/parse-caddyfile';
import { everyDocument, everyFile } from './conformance/every-document';
import type { ParsedDirective } from './conformance/parsed-directive';
import { webServers } from './index';
import { parseConfig as parseNginx } from './nginx/testing/parse-config';

const parsers = { nginx: parseNginx, apache: parseApache, caddy: parseCaddyfile };

/** The word of a directive as the tables have it. */
function wordOf(server: ServerKind, block: string, [word = '']: readonly string[]): string {
  if (server === 'caddy') return block === 'top' ? 'site' : word.replace(/^@.*/, '@');
  if (block === 'geo' && /^[0-9A-Fa-f:./]+$/.test(word)) return 'address';
  return server === 'nginx' && block === 'map' && word !== 'default' ? `"${word}"` : word;
}

describe.each(ServerKind.options)('vocabulary of %s', (server) => {
  const used = new Set<string>();
  const collect = (directives: readonly ParsedDirective[], block: string) => {
    for (const { words, block: inner } of directives) {
      const word = wordOf(server, block, words);
      used.add(`${block} ${word}`);
      if (inner) collect(inner, word);
    }
  };
  for (const { content } of everyFile(server)) collect(parsers[server](content), 'top');

  if (server === 'apache') {
    // Only before a literal ${ that a value of today's form cannot have.
    const odd = directive('ServerName', ['$'.concat('{a}')], because(''));
    collect(parseApache(printApache([section('VirtualHost', ['*:80'], because(''), [odd])]).content), 'top');
  }
  const table = new Set(
    Object.entries(webServers[server].vocabulary).flatMap(([block, words]) =>
      Object.keys(words).map((word) => `${block} ${word}`),
    ),
  );

  test(`every word that is printed is in lib/core/servers/${server}/vocabulary.ts`, () => {
    expect([...used].filter((word) => !table.has(word))).toEqual([]);
  });

  test(`every word in lib/core/servers/${server}/vocabulary.ts is printed for some document`, () => {
    expect([...table].filter((word) => !used.has(word))).toEqual([]);
  });
});

test('every field and choice of the schema is in a document from which the tables are checked', () => {
  const found = new Set<string>();
  const look = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) found.add(`${at} = ${String(value)}`);
    else if (Array.isArray(value)) for (const one of value) look(one, at);
    else
      for (const [name, inner] of Object.entries(value)) {
        found.add(below(at, name));
        look(inner, below(at, name));
      }
  };
  for (const document of everyDocument) look(document, '');
  // What can only live at the root cannot be a further application.
  for (const [id, { prefix }] of Object.entries<Preset>(presets))
    if (!prefix.modes.some((mode) => mode === 'fixed' || mode === 'keep' || mode === 'strip'))
      found.add(`applications.preset = ${id}`);
  expect(namesIn(siteJsonSchema()).filter((name) => !found.has(name))).toEqual([]);
});

/** A field by its own name and that of the object it is in: what it makes of files is the same wherever that object is. */
const below = (at: string, name: string) => `${at.replace(/^.*\./, '')}.${name}`;

/** Every field, and every value of an enumeration or constant: `tls.mode = files`. */
function namesIn(schema: unknown, at = '', names = new Set<string>()): string[] {
  if (typeof schema === 'object' && schema !== null) {
    const { properties, items, anyOf, oneOf, allOf, enum: options, const: constant } = schema as Shape;
    for (const [name, inner] of Object.entries(properties ?? {})) {
      names.add(below(at, name));
      namesIn(inner, below(at, name), names);
    }
    for (const option of [...(options ?? []), ...(constant === undefined ? [] : [constant])])
      names.add(`${at} = ${String(option)}`);
    for (const inner of [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? []), items])
      namesIn(inner, at, names);
  }
  return [...names];
}

interface Shape {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}
