import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { presets as all, presetIds } from '../../presets';
import type { Preset } from '../../presets/preset';
import { parseSite } from '../../rules/parse-site';
import type { Site, SiteInput } from '../../site/schema';
import { fullSites } from '../../site/testing/full-site';
import { siteArbitrary } from '../../site/testing/site-arbitrary';
import type { ServerKind } from '../../web-server/render-target';
import { compareVersions } from '../../web-server/version';
import { apacheCapabilities, oldestApache } from '../apache/capabilities';
import { gates as caddyGates, oldestCaddy } from '../caddy/capabilities';
import { gates as nginxGates, oldestVersion } from '../nginx/capabilities';
import { renderTarget } from '../render';
import type { RenderedText } from '../types';
import { cellModes, presetCells } from './presets/preset-cell';

const places = { http: 80, https: 443, app: 9000, http2: 9001, access: 'json' as const };
const paths = { certificate: '/etc/ssl/a.crt', key: '/etc/ssl/a.key', usersFile: '/etc/gatehouse/users' };
const examples = join(import.meta.dirname, '../../../../examples/sites');

const server = { address: '10.0.0.5', port: 8010 };
const basic = { mode: 'basic' as const, realm: ['CI $', '{x}'].join(''), usersFile: '/etc/gatehouse/users' };

const certificate = { issuer: 'lab', profile: 'shortlived' };

/** What neither an example nor a preset asks for. */
const rare: readonly SiteInput[] = fullSites.slice(0, 1).flatMap((site) => [
  ...(['client-address', 'cookie'] as const).map((policy) => ({
    ...site,
    tlsProfile: 'modern' as const,
    http2: false,
    requestHeaders: [{ op: 'set' as const, name: 'X-Odd', value: ['$', '{{a}} \\ {{b'].join('') }],
    access: { auth: basic, satisfy: 'any' as const, ip: { allow: ['10.0.0.0/8'], deny: [] } },
    upstreams: [
      {
        name: 'main',
        scheme: 'https' as const,
        policy,
        servers: [server, { ...server, port: 8011 }],
        verify: { mode: 'skip' as const },
      },
      { name: 'files', servers: [server] },
    ],
  })),
  ...(['ecdsa', 'rsa'] as const).map((keyType, index) => ({
    ...site,
    hostnames: ['ci.example.com'],
    acmeDirectory: undefined,
    aliases: {},
    applications: [
      {
        name: 'second',
        preset: 'gocd' as const,
        prefix: { mode: 'fixed' as const, path: '/go/' },
        upstream: 'files',
        access: 'bypass' as const,
      },
      {
        name: 'third',
        preset: 'generic' as const,
        prefix: { mode: 'keep' as const, path: '/third/' },
        upstream: 'files',
      },
    ],
    tls: { mode: 'acme' as const, keyType, ...certificate },
    cookies: { ...site.cookies, sameSite: (['strict', 'none'] as const)[index] },
    logs: { access: (['off', 'combined'] as const)[index] },
    responseHeaders: [{ op: 'remove' as const, name: 'X-Odd' }],
    requestHeaders: [{ op: 'remove' as const, name: 'X-Odd' }],
  })),
  ...(['serve', 'closed'] as const).map((mode) => ({
    ...site,
    hostnames: ['ci.example.com'],
    tls: { mode: 'automatic' as const },
    plainHttp: { mode },
    acmeDirectory: undefined,
  })),
  {
    schemaVersion: 1 as const,
    name: 'behind',
    preset: 'generic' as const,
    hostnames: ['ci.example.com'],
    tls: { mode: 'none' as const },
    publicAddress: { scheme: 'http' as const, port: 80 },
    upstreams: [{ servers: [server] }],
  },
  {
    ...site,
    cookies: { ...site.cookies, sameSite: 'unset' as const },
    extraHosts: (['download', 'http'] as const).map((kind) => ({
      purpose: kind,
      hostnames: [`${kind}.example.com`],
      upstream: 'files',
      class: kind,
      access: 'bypass' as const,
    })),
    locations: [
      ...(site.locations ?? []),
      {
        match: { kind: 'prefix' as const, path: '/headers/' },
        requestHeaders: [{ op: 'remove' as const, name: 'X-Odd' }],
        responseHeaders: [{ op: 'set' as const, name: 'X-Odd', value: 'odd' }],
      },
      { match: { kind: 'prefix' as const, path: '/grpc/' }, class: 'grpc' as const, upstream: 'grpc' },
      { match: { kind: 'prefix' as const, path: '/h2/' }, upstream: 'grpc' },
    ],
    upstreams: [
      ...(site.upstreams ?? []),
      {
        name: 'grpc',
        scheme: 'h2' as const,
        servers: [server],
        serverName: 'build.example.internal',
        verify: { mode: 'ca-file' as const, caFile: '/etc/ssl/ca.pem' },
      },
    ],
  },
]);

const presets: Readonly<Record<string, Preset>> = all;

/** Each application that can live below a prefix, as the second one of a site, in each way in which it can. */
const second: readonly SiteInput[] = presetIds.flatMap((preset) =>
  (['fixed', 'keep', 'strip'] as const)
    .filter((mode) => presets[preset]?.prefix.modes.some((each) => each === mode))
    .map((mode) => ({
      schemaVersion: 1 as const,
      name: 'two',
      preset: 'generic' as const,
      hostnames: ['ci.example.com'],
      tls: { mode: 'files' as const, certificate: paths.certificate, key: paths.key },
      upstreams: [{ servers: [server] }],
      applications: [
        {
          name: 'second',
          preset,
          prefix: { mode, path: presets[preset]?.prefix.suggestion ?? '/second/' },
          upstream: 'main',
        },
      ],
    })),
);

/** Hand-written documents are valid, or a typo in one would silently leave out what it is there for. */
const valid = (document: unknown): Site => {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

const written: readonly Site[] = [
  ...fullSites.map(valid),
  ...rare.map(valid),
  ...second.map(valid),
  ...readdirSync(examples).map((name) => valid(parse(readFileSync(join(examples, name), 'utf8')))),
];

/**
 * Every hand-written site, example, preset in each of its modes, and drawn site: what our printers can be asked to print, as far as documents go. A
 * test holds it against the schema, so that a new field or choice is in one of them.
 */
export const everyDocument: readonly Site[] = [
  ...written,
  ...cellModes.flatMap((mode) =>
    presetCells(mode, { ...places, ...paths }).flatMap(({ site, signedIn }) => [
      valid(site),
      valid(signedIn),
    ]),
  ),
  ...fc.sample(siteArbitrary, 100).flatMap((drawn) => {
    const parsed = parseSite(drawn);
    return parsed.ok ? [parsed.value] : [];
  }),
];

/** Every version at which a printer learned something, the oldest one, and "not known". */
export const everyVersion: Readonly<Record<ServerKind, readonly (string | null)[]>> = {
  nginx: [null, oldestVersion, ...new Set(Object.values(nginxGates).map(({ since }) => since))],
  apache: [null, oldestApache, ...new Set(Object.values(apacheCapabilities))],
  caddy: [null, oldestCaddy, ...new Set(Object.values(caddyGates))],
};

/**
 * What all documents together make of files for a web server: all of them for its oldest and newest version, the written ones for each. Without
 * those of which every line has been seen but for what its values are called: one preset's file differs from the next one's in little else.
 */
export function everyFile(server: ServerKind): readonly RenderedText[] {
  const seen = new Set<string>();
  const isNew = (line: string) => {
    const [, word = '', values = ''] = /^\s*(\S*)(.*)/.exec(line) ?? [];
    return seen.size < seen.add(word + values.replace(/[A-Za-z0-9]+/g, 'a')).size;
  };
  const versions = [...everyVersion[server]].sort((a, b) => compareVersions(a ?? '0', b ?? '0'));
  return versions.flatMap((version, index) => {
    const target = { server, version, openssl: '3.0.22', layout: 'debian' as const, modules: null };
    const documents = index === 0 || index === versions.length - 1 ? everyDocument : written;
    return [...documents.map((site) => [site]), written].flatMap((sites) =>
      renderTarget(sites, target).files.flatMap((file) =>
        file.kind === 'file' && file.content.split('\n').filter(isNew).length > 0 ? [file] : [],
      ),
    );
  });
}
