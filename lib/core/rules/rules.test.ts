import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatPath } from '../format-path';
import { presetIds } from '../presets';
import { Site, type SiteInput } from '../site/schema';
import { rules } from '.';
import { checkSite } from './check-site';

const base: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com'],
  tls: { mode: 'files', certificate: '/etc/ssl/ci.pem', key: '/etc/ssl/ci.key' },
  upstreams: [
    { servers: [{ address: '10.0.0.1', port: 8010 }] },
    { name: 'grpc', scheme: 'h2c', servers: [{ address: '10.0.0.1', port: 9000 }] },
  ],
};
const users = { mode: 'basic', realm: 'CI', usersFile: '/etc/users' } as const;
const servers = (extra: object) => [{ ...extra, servers: [{ address: '10.0.0.1', port: 8010 }] }];
const application = {
  name: 'nexus',
  preset: 'nexus',
  prefix: { mode: 'keep', path: '/nexus/' },
  upstream: 'main',
} as const;
const location = (extra: object) =>
  ({ locations: [{ match: { kind: 'prefix', path: '/x/' }, ...extra }] }) as Partial<SiteInput>;

/** Change of the valid document, and what must be said about it: severity, field. */
const cases: readonly (readonly [string, Partial<SiteInput>, string])[] = [
  [
    'mode that the CI server cannot do',
    { preset: 'pipelit', prefix: { mode: 'strip', path: '/x/' } },
    'error prefix.mode',
  ],
  [
    'fixed prefix that is another one',
    { preset: 'gocd', prefix: { mode: 'fixed', path: '/ci/' } },
    'error prefix.path',
  ],
  [
    'alias that is a name already',
    { aliases: { hostnames: ['ci.example.com'] } },
    'error aliases.hostnames[0]',
  ],
  [
    'alias on both lists',
    { aliases: { hostnames: ['a.example.com'], plainHostnames: ['a.example.com'] } },
    'error aliases.plainHostnames[0]',
  ],
  [
    'redirect twice',
    {
      redirects: [
        { from: '/a', to: '/b' },
        { from: '/a', to: '/c' },
      ],
    },
    'error redirects[1].from',
  ],
  [
    'redirect of everything',
    { redirects: [{ from: '/', match: 'below', to: 'https://b.example.com/' }] },
    'error redirects[0].from',
  ],
  [
    'redirect below no folder',
    { redirects: [{ from: '/a', match: 'below', to: '/b/' }] },
    'error redirects[0].from',
  ],
  [
    'redirect into itself',
    { redirects: [{ from: '/a/', match: 'below', to: '/a/b/' }] },
    'error redirects[0].to',
  ],
  [
    'redirect to its own address',
    { redirects: [{ from: '/a', to: 'https://ci.example.com/a' }] },
    'error redirects[0].to',
  ],
  [
    'redirect of a location',
    { ...location({}), redirects: [{ from: '/x/', match: 'below', to: '/b/' }] },
    'error redirects[0].from',
  ],
  [
    'http port beside no TLS',
    { tls: { mode: 'none' }, plainHttp: { mode: 'closed' } },
    'error plainHttp.mode',
  ],
  [
    'paths of a port that serves all',
    { plainHttp: { mode: 'serve', paths: ['/a'] } },
    'error plainHttp.paths',
  ],
  [
    'closed port for challenges',
    { plainHttp: { mode: 'closed' }, acmeDirectory: '/var/www' },
    'error plainHttp.mode',
  ],
  ['path over http twice', { plainHttp: { paths: ['/a', '/a'] } }, 'error plainHttp.paths[1]'],
  ['passwords over http', { plainHttp: { mode: 'serve' }, access: { auth: users } }, 'warning plainHttp'],
  [
    'path that a pattern takes in part',
    {
      plainHttp: { paths: ['/api/x/'] },
      locations: [{ match: { kind: 'segments', path: '/api/*/log' } }],
    },
    'error plainHttp.paths[0]',
  ],
  [
    'two applications of one name',
    {
      applications: [
        { ...application, name: 'a' },
        { ...application, name: 'a', prefix: { mode: 'keep', path: '/b/' } },
      ],
    },
    'error applications[1].name',
  ],
  [
    'applications one within the other',
    {
      applications: [application, { ...application, name: 'b', prefix: { mode: 'keep', path: '/nexus/b/' } }],
    },
    'error applications[1].prefix.path',
  ],
  [
    'application below the first one',
    { prefix: { mode: 'keep', path: '/nexus/' }, applications: [application] },
    'error applications[0].prefix.path',
  ],
  [
    'application in a mode that it cannot do',
    { applications: [{ ...application, preset: 'gocd' }] },
    'error applications[0].prefix.mode',
  ],
  [
    'application at an upstream of nobody',
    { applications: [{ ...application, upstream: 'none' }] },
    'error applications[0].upstream',
  ],
  [
    'rule of the first for a path of another',
    { applications: [application], locations: [{ match: { kind: 'exact', path: '/nexus/x' } }] },
    'error locations[0].match.path',
  ],
  [
    'addresses of what is denied',
    location({ class: 'deny', allow: ['10.0.0.1'] }),
    'error locations[0].allow',
  ],
  ['a path for everybody', location({ allow: ['0.0.0.0/0'] }), 'warning locations[0].allow[0]'],
  ['prefix that is no prefix', { prefix: { mode: 'strip', path: '/' } }, 'error prefix.path'],
  [
    'prefix rewritten twice',
    {
      prefix: {
        mode: 'rewrite',
        rules: [
          { from: '/a/', to: '/b/' },
          { from: '/a/', to: '/c/' },
        ],
      },
    },
    'error prefix.rules[1].from',
  ],
  [
    'unstripped path inside of the prefix',
    { prefix: { mode: 'strip', path: '/a/', unstrippedPaths: ['/a/b/'] } },
    'error prefix.unstrippedPaths[0]',
  ],
  ['location to nowhere', location({ upstream: 'gone' }), 'error locations[0].upstream'],
  [
    'extra host to nowhere',
    { extraHosts: [{ purpose: 'x', hostnames: ['x.example.com'], upstream: 'gone' }] },
    'error extraHosts[0].upstream',
  ],
  [
    'sign-in service nowhere',
    { access: { auth: { mode: 'forward', upstream: 'gone', path: '/auth' } } },
    'error access.auth.upstream',
  ],
  ['upstream named twice', { upstreams: [...servers({}), ...servers({})] }, 'error upstreams[1].name'],
  [
    'only backups',
    { upstreams: [{ servers: [{ address: '10.0.0.1', port: 1, backup: true }] }] },
    'error upstreams[0].servers[0].backup',
  ],
  [
    'the web server as its own upstream',
    { upstreams: [{ servers: [{ address: '127.0.0.1', port: 443 }] }] },
    'error upstreams[0].servers[0].port',
  ],
  [
    'upstream that nobody checks',
    { upstreams: servers({ scheme: 'https', verify: { mode: 'skip' } }) },
    'warning upstreams[0].verify.mode',
  ],
  ['wildcard as canonical name', { hostnames: ['*.example.com'] }, 'error hostnames[0]'],
  ['name twice', { hostnames: ['a.example.com', 'a.example.com'] }, 'error hostnames[1]'],
  [
    'name in two places',
    { extraHosts: [{ purpose: 'x', hostnames: ['ci.example.com'], upstream: 'main' }] },
    'error extraHosts[0].hostnames[0]',
  ],
  ['one port for both', { httpPort: 443 }, 'error httpsPort'],
  [
    'public http with TLS',
    { publicAddress: { scheme: 'http', port: 80 }, trustedProxies: ['10.0.0.1'] },
    'error publicAddress.scheme',
  ],
  ['ACME on another port', { acmeDirectory: '/var/www/acme', httpPort: 8080 }, 'warning httpPort'],
  [
    'wildcard from an issuer',
    { tls: { mode: 'acme', issuer: 'ca' }, hostnames: ['*.example.com'] },
    'error hostnames[0]',
  ],
  ['issuer and port 8080', { tls: { mode: 'acme', issuer: 'ca' }, httpPort: 8080 }, 'warning httpPort'],
  [
    'issuer and a directory',
    { tls: { mode: 'acme', issuer: 'ca' }, acmeDirectory: '/var/www/acme' },
    'error acmeDirectory',
  ],
  ['HTTP/3 without TLS', { tls: { mode: 'none' }, http3: true }, 'error http3'],
  ['key as certificate', { tls: { mode: 'files', certificate: '/a', key: '/a' } }, 'error tls.key'],
  ['HSTS without TLS', { tls: { mode: 'none' }, hsts: { maxAgeSeconds: 300 } }, 'error hsts'],
  [
    'HSTS with a self-signed certificate',
    { tls: { mode: 'self-signed' }, hsts: { maxAgeSeconds: 300 } },
    'error hsts',
  ],
  [
    'preload without sub-domains',
    { hsts: { maxAgeSeconds: 63_072_000, preload: true } },
    'error hsts.preload',
  ],
  [
    'all sub-domains',
    { hsts: { maxAgeSeconds: 300, includeSubDomains: true } },
    'warning hsts.includeSubDomains',
  ],
  [
    'HSTS as a header rule',
    { responseHeaders: [{ op: 'set', name: 'strict-transport-security', value: 'max-age=1' }] },
    'error responseHeaders[0].name',
  ],
  ['“any” with nothing to choose from', { access: { satisfy: 'any' } }, 'error access.satisfy'],
  [
    '“any” with denied addresses',
    { access: { auth: users, satisfy: 'any', ip: { allow: ['10.0.0.0/8'], deny: ['10.0.0.1'] } } },
    'error access.ip.deny',
  ],
  [
    '“any” with everybody allowed',
    { access: { auth: users, satisfy: 'any', ip: { allow: ['0.0.0.0/0'] } } },
    'error access.ip.allow[0]',
  ],
  ['everybody allowed', { access: { ip: { allow: ['::/0'] } } }, 'warning access.ip.allow[0]'],
  ['passwords in clear text', { tls: { mode: 'none' }, access: { auth: users } }, 'warning access.auth'],
  ['two passwords at once', { preset: 'jenkins', access: { auth: users } }, 'warning access.auth'],
  [
    'agents before a password',
    { preset: 'jenkins', access: { auth: users, presetBypass: false } },
    'warning access.presetBypass',
  ],
  ['user header without sign-in', { access: { userHeader: { name: 'X-User' } } }, 'error access.userHeader'],
  [
    'user header that anybody could fill',
    {
      access: { auth: users, satisfy: 'any', ip: { allow: ['10.0.0.0/8'] }, userHeader: { name: 'X-User' } },
    },
    'error access.userHeader',
  ],
  [
    '{user} without sign-in',
    { requestHeaders: [{ op: 'set', name: 'X-Who', value: '{user}' }] },
    'error requestHeaders[0].value',
  ],
  ['static without directory', location({ class: 'static' }), 'error locations[0].directory'],
  [
    'static without prefix',
    { locations: [{ match: { kind: 'exact', path: '/x' }, class: 'static', directory: '/srv' }] },
    'error locations[0].match.kind',
  ],
  ['directory without static', location({ directory: '/srv' }), 'error locations[0].directory'],
  ['gRPC to an http upstream', location({ class: 'grpc' }), 'error locations[0].upstream'],
  [
    'WebSocket to an HTTP/2 upstream',
    location({ class: 'ws', upstream: 'grpc' }),
    'error locations[0].upstream',
  ],
  [
    'gRPC host to an http upstream',
    { extraHosts: [{ purpose: 'x', hostnames: ['x.example.com'], upstream: 'main', class: 'grpc' }] },
    'error extraHosts[0].upstream',
  ],
  [
    'same match twice',
    { locations: [{ match: { kind: 'exact', path: '/x' } }, { match: { kind: 'exact', path: '/x' } }] },
    'error locations[1].match',
  ],
  [
    'pattern under rewritten paths',
    {
      prefix: { mode: 'rewrite', rules: [{ from: '/a/', to: '/b/' }] },
      locations: [{ match: { kind: 'suffix', path: '/x' } }],
    },
    'error locations[0].match.kind',
  ],
  [
    'header of the connection',
    { requestHeaders: [{ op: 'set', name: 'Connection', value: 'x' }] },
    'error requestHeaders[0].name',
  ],
  [
    'Host as a header rule',
    location({ requestHeaders: [{ op: 'set', name: 'HOST', value: 'x' }] }),
    'error locations[0].requestHeaders[0].name',
  ],
  [
    'message header in the response',
    { responseHeaders: [{ op: 'remove', name: 'Set-Cookie' }] },
    'error responseHeaders[0].name',
  ],
  [
    'header twice',
    {
      requestHeaders: [
        { op: 'set', name: 'X-A', value: '1' },
        { op: 'remove', name: 'x-a' },
      ],
    },
    'error requestHeaders[1].name',
  ],
  ['PROXY protocol from anybody', { proxyProtocol: true }, 'error trustedProxies'],
  ['trust in everybody', { trustedProxies: ['0.0.0.0/0'] }, 'error trustedProxies[0]'],
  ['nobody trusted in front', { publicAddress: { scheme: 'https', port: 443 } }, 'warning trustedProxies'],
  ['Secure on plain http', { tls: { mode: 'none' }, cookies: { secure: true } }, 'warning cookies.secure'],
  ['SameSite=None without Secure', { cookies: { sameSite: 'none' } }, 'error cookies.sameSite'],
  [
    'cookie paths without a stripped prefix',
    { cookies: { rewritePath: true } },
    'warning cookies.rewritePath',
  ],
  [
    'reserved purpose',
    { extraHosts: [{ purpose: 'redirect', hostnames: ['x.example.com'], upstream: 'main' }] },
    'error extraHosts[0].purpose',
  ],
  [
    'purpose twice',
    {
      extraHosts: ['x', 'y'].map((name) => ({
        purpose: 'x',
        hostnames: [`${name}.example.com`],
        upstream: 'main',
      })),
    },
    'error extraHosts[1].purpose',
  ],
];

const findings = (change: Partial<SiteInput>) =>
  checkSite(Site.parse({ ...base, ...change })).map(
    ({ severity, path }) => `${severity} ${formatPath(path)}`,
  );

describe('rules across fields', () => {
  test('a sound document has no findings', () => {
    expect(findings({})).toEqual([]);
  });

  test.each(cases)('%s', (_title, change, expected) => {
    expect(findings(change)).toContain(expected);
  });

  test('a sign-in at the proxy is a second one only where the application has its own', () => {
    const warned = (preset: SiteInput['preset']) =>
      checkSite(Site.parse({ ...base, preset, access: { auth: users } })).some(
        ({ code }) => code === 'site.basic-with-own-auth',
      );
    expect(presetIds.filter((id) => !warned(id)).sort()).toEqual([
      'atlantis',
      'generic',
      'hydra',
      'laminar',
      'prometheus',
      'tekton',
      'websocket',
    ]);
    expect(warned('gatehouse')).toBe(true);
  });

  test('every rule file is in the list', () => {
    const files = readdirSync(import.meta.dirname)
      .filter(
        (name) =>
          name.endsWith('.ts') &&
          !name.endsWith('.test.ts') &&
          !['index.ts', 'rule.ts', 'check-site.ts', 'parse-site.ts'].includes(name),
      )
      .map((name) =>
        name.replace(/\.ts$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      );
    expect(Object.keys(rules).sort()).toEqual(files.sort());
  });
});
