import { z } from 'zod';
import { defaultSite } from '#core/presets/default-site';
import { Site } from '#core/site/schema';

type Json = { readonly [name: string]: unknown };

const site = defaultSite('buildbot', 'buildbot', 'ci.example.com');
/** Schemas whose example is a whole that no sum of parts would make. */
const wholes = new Map<unknown, unknown>([[Site, site]]);

const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
/** Example text for a field of this name. */
const texts: Readonly<Record<string, string>> = {
  id: 'cmi7q0x3d0001',
  name: 'buildbot',
  slug: 'builds',
  subject: 'site buildbot',
  event: 'site.created',
  actor: 'ada@example.com',
  email: 'ada@example.com',
  address: '192.0.2.10',
  user: 'deploy',
  path: '/etc/nginx/sites-available/gatehouse-buildbot.conf',
  hostName: 'web1',
  hosts: 'web1',
  hostnames: 'ci.example.com',
  publicUrl: 'https://ci.example.com/',
  url: 'https://ci.example.com/',
  message: 'First version',
  startsAt: '2026-12-21T18:00:00.000Z',
  endsAt: '2027-01-04T08:00:00.000Z',
  reason: 'Fixed by hand during an outage.',
  version: '1.26.3',
  openssl: '3.5.4',
  prefix: 'gh_b7Qm2',
  token: 'gh_b7Qm2xExampleExampleExampleExampleExample',
  password: 'correct horse battery staple',
  content: 'server {\n    server_name ci.example.com;\n}\n',
  title: 'The web server answers',
  detail: 'The site is not as it was.',
  code: 'site.example',
  publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample gatehouse-web1',
  privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\n…\n-----END OPENSSH PRIVATE KEY-----\n',
  transport: 'ssh',
  owner: 'root',
  group: 'root',
  role: 'editor',
};
/** Tried in this order where the field's own text does not fit, or there is none. */
const fallbacks = [
  'buildbot',
  'cmi7q0x3d0001',
  'ci.example.com',
  'ada@example.com',
  '2026-11-21T09:30:00.000Z',
  '/srv/ci',
  'https://ci.example.com/',
  '192.0.2.10',
  hex,
  `SHA256:${'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg'}`,
  '1.26.3',
  '09:00',
  '123456',
  'a long enough passphrase',
];
const numbers: Readonly<Record<string, number>> = {
  port: 22,
  head: 3,
  total: 1,
  mode: 420,
  expiresInDays: 30,
};
/** Fields that say that something went wrong or goes on are empty in an example of what went well. */
const empty = new Set([
  'failure',
  'error',
  'lastError',
  'next',
  'unreachableSince',
  'holdUntil',
  'cancelledAt',
]);

function text(schema: Json, name: string): string {
  const own = texts[name] ?? (/Id$|Ids$|^ids$|^by$/.test(name) ? texts.id : undefined);
  const fits = (candidate: string) =>
    (typeof schema.pattern !== 'string' || new RegExp(schema.pattern, 'u').test(candidate)) &&
    candidate.length >= Number(schema.minLength ?? 0) &&
    candidate.length <= Number(schema.maxLength ?? candidate.length) &&
    (schema.format !== 'email' || candidate.includes('@')) &&
    (schema.format !== 'uri' || candidate.startsWith('https://'));
  return [...(own === undefined ? [] : [own]), ...fallbacks].find(fits) ?? '';
}

/** A value that a JSON Schema allows. `name` is the field that holds it. */
function sampleOf(schema: Json, name: string, optional: boolean): unknown {
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if ('default' in schema) return schema.default;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    const isNull = (choice: Json) => choice.type === 'null';
    if (choices.some(isNull) && empty.has(name)) return null;
    return sampleOf(choices.find((choice: Json) => !isNull(choice)) ?? {}, name, optional);
  }
  if (Array.isArray(schema.allOf)) return sampleOf(schema.allOf[0] as Json, name, optional);
  if (schema.type === 'object') {
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>);
    const required = (schema.required ?? []) as readonly string[];
    return Object.fromEntries(
      properties
        .filter(([field]) => optional || required.includes(field))
        .map(([field, each]) => [field, sampleOf(each, field, optional)]),
    );
  }
  if (schema.type === 'array') return [sampleOf((schema.items ?? {}) as Json, name, optional)];
  if (schema.type === 'string') return text(schema, name);
  if (schema.type === 'boolean') return false;
  if (schema.type === 'integer' || schema.type === 'number') {
    const least = Number(schema.minimum ?? 0);
    return numbers[name] ?? Math.max(least, 1);
  }
  return texts[name] ?? 'buildbot';
}

/**
 * A value that the schema takes (`input`) or lets out (`output`), made from the schema itself, so that no operation is without one.
 * `undefined` where none is found; a test sees to it that this does not happen.
 */
export function exampleOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    cycles: 'ref',
    override: ({ zodSchema, jsonSchema }) => {
      const whole = wholes.get(zodSchema);
      if (whole !== undefined) jsonSchema.examples = [whole as z.core.JSONSchema.JSONSchema];
    },
  }) as Json;
  return [true, false]
    .map((optional) => sampleOf(json, '', optional))
    .find((value) => schema.safeParse(value).success);
}
