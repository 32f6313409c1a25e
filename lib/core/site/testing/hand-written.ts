import type { ServerKind } from '../../web-server/render-target';
import type { SiteInput } from '../schema';

/** A configuration that somebody wrote by hand, as site documents, with what they do not say. */
export interface HandWritten {
  readonly id: string;
  readonly server: ServerKind;
  /** Without it the configuration cannot be replaced; empty: it is said fully. */
  readonly missing: readonly string[];
  /** `false`: what is missing is what it is there for. */
  readonly usable: boolean;
  readonly sites: readonly SiteInput[];
}

const files = (name: string) => ({
  mode: 'files' as const,
  certificate: `/etc/letsencrypt/live/${name}/fullchain.pem`,
  key: `/etc/letsencrypt/live/${name}/privkey.pem`,
});
const own = { mode: 'files' as const, certificate: '/etc/ssl/ci/cert.pem', key: '/etc/ssl/ci/key.pem' };

const site = (
  id: string,
  hostname: string,
  port: number,
  more: Partial<SiteInput> & Pick<SiteInput, 'preset'>,
): SiteInput => ({
  schemaVersion: 1,
  name: `case-${id}`,
  hostnames: [hostname],
  tls: own,
  upstreams: [{ servers: [{ address: '127.0.0.1', port }] }],
  ...more,
});

const one = (
  id: string,
  server: ServerKind,
  missing: readonly string[],
  document: SiteInput,
  usable = true,
): HandWritten => ({ id, server, missing, usable, sites: [document] });

const defaultHost = 'the site of names that no other one has';
const errorPages = 'error pages of one’s own';

/** Twenty-five configurations of people who do this job, and what a site says of them. */
export const handWritten: readonly HandWritten[] = [
  one('01', 'nginx', [defaultHost], {
    ...site('01', 'buildbot.example.org', 8010, { preset: 'buildbot' }),
    locations: ['results', 'snapshots'].map((name) => ({
      match: { kind: 'prefix', path: `/${name}/` },
      class: 'static',
      directory: `/srv/buildmaster/public_html/${name}`,
    })),
  }),
  one('02', 'nginx', [], {
    ...site('02', 'buildmaster.example.org', 8010, {
      preset: 'buildbot',
      tls: files('buildmaster.example.org'),
    }),
    redirectStatus: 301,
    locations: [
      {
        match: { kind: 'prefix', path: '/download/' },
        class: 'static',
        directory: '/srv/output',
        listing: true,
      },
    ],
  }),
  one('04', 'nginx', [defaultHost], {
    ...site('04', 'build.example.com', 5000, { preset: 'buildbot', tls: files('build.example.com') }),
    prefix: { mode: 'strip', path: '/buildbot/' },
    hsts: { maxAgeSeconds: 31_536_000, includeSubDomains: true },
    acmeDirectory: '/var/www/letsencrypt',
  }),
  one('05', 'nginx', ['files with the application behind them', 'paths rewritten by pattern'], {
    ...site('05', 'jenkins.example.com', 8080, { preset: 'jenkins', tls: { mode: 'none' } }),
    hostnames: ['jenkins.example.com', 'www.jenkins.example.com'],
    limits: { bodySizeMib: 10, connectTimeoutSeconds: 75, readTimeoutSeconds: 90, sendTimeoutSeconds: 90 },
  }),
  one('07', 'nginx', [defaultHost, 'a pattern among the paths served over http'], {
    ...site('07', 'ci.example.org', 8080, { preset: 'jenkins' }),
    acmeDirectory: '/var/www/letsencrypt',
    plainHttp: { paths: ['/buildStatus/icon'] },
    locations: ['', '/'].map((end) => ({
      match: {
        kind: end === '/' ? 'prefix' : 'exact',
        path: `/descriptorByName/jenkins.plugins.publish_over_ssh.BapSshHostConfiguration${end}`,
      },
      class: 'deny',
    })),
  }),
  one('08', 'nginx', [], {
    ...site('08', 'build.example.net', 8080, { preset: 'jenkins' }),
    prefix: { mode: 'keep', path: '/jenkins/' },
    applications: [
      {
        name: 'source',
        preset: 'generic',
        prefix: { mode: 'keep', path: '/source/' },
        upstream: 'main',
        locations: [
          {
            match: { kind: 'prefix', path: '/' },
            class: 'static',
            directory: '/var/www/source',
            listing: true,
          },
        ],
      },
    ],
  }),
  one('10', 'nginx', [], {
    ...site('10', 'gocd.example.com', 8153, { preset: 'gocd' }),
    prefix: { mode: 'fixed', path: '/go/' },
    redirectStatus: 301,
    hsts: { maxAgeSeconds: 31_536_000, includeSubDomains: true },
    limits: { bodySizeMib: 10_000 },
  }),
  one('11', 'nginx', [], {
    ...site('11', 'build.example.com', 8111, { preset: 'teamcity' }),
    redirectStatus: 301,
    limits: { bodySizeMib: 0, connectTimeoutSeconds: 60, readTimeoutSeconds: 1200 },
  }),
  one('13', 'nginx', ['a header that matches a pattern'], {
    ...site('13', 'registry.example.com', 5000, { preset: 'generic', tls: files('registry.example.com') }),
    limits: { bodySizeMib: 0, readTimeoutSeconds: 900 },
    locations: ['docker/1.3', 'docker/1.4', 'Go '].map((startsWith) => ({
      match: { kind: 'header', name: 'User-Agent', startsWith: startsWith.trim() },
      class: 'deny',
    })),
  }),
  one('14', 'nginx', [], {
    ...site('14', 'registry.example.com', 5000, { preset: 'generic' }),
    access: { auth: { mode: 'basic', realm: 'Registry realm', usersFile: '/etc/nginx/registry.htpasswd' } },
    limits: { bodySizeMib: 0, readTimeoutSeconds: 900 },
    responseHeaders: [{ op: 'set', name: 'Docker-Distribution-Api-Version', value: 'registry/2.0' }],
  }),
  one('16', 'nginx', [errorPages], {
    ...site('16', 'git.example.com', 80, { preset: 'gitlab' }),
    upstreams: [{ servers: [{ socket: '/var/opt/gitlab/gitlab-workhorse/sockets/socket' }] }],
    redirectStatus: 301,
    limits: { bodySizeMib: 0, connectTimeoutSeconds: 75, readTimeoutSeconds: 300 },
  }),
  {
    id: '17',
    server: 'nginx',
    missing: [],
    usable: true,
    sites: (
      [
        ['prometheus', 9090],
        ['grafana', 3000],
      ] as const
    ).map(([preset, port]) => ({
      ...site(`17-${preset}`, `${preset}.example.com`, port, {
        preset,
        tls: files('prometheus.example.com'),
      }),
      redirectStatus: 301,
      access: {
        auth: { mode: 'basic', realm: 'Restricted Access', usersFile: '/etc/nginx/.htpasswd' },
      },
    })),
  },
  one('19', 'nginx', [], {
    ...site('19', 'drone.example.com', 8000, { preset: 'drone' }),
    logs: { access: 'off' },
  }),
  one('20', 'nginx', [], {
    ...site('20', 'concourse.example.com', 8080, {
      preset: 'concourse',
      tls: files('concourse.example.com'),
    }),
    upstreams: [{ servers: [{ address: '10.20.0.40', port: 8080 }] }],
    redirectStatus: 301,
    hsts: { maxAgeSeconds: 31_536_000 },
    requestHeaders: [{ op: 'set', name: 'X-Forwarded-Protocol', value: '{scheme}' }],
  }),
  one('22', 'nginx', [], {
    ...site('22', 'nexus.example.com', 8081, { preset: 'nexus', tls: files('nexus.example.com') }),
    acmeDirectory: '/var/www/certbot',
    redirectStatus: 301,
    limits: { bodySizeMib: 5120, connectTimeoutSeconds: 75, readTimeoutSeconds: 300 },
  }),
  one('23', 'nginx', [errorPages, 'compression'], {
    ...site('23', 'hydra.example.org', 3000, { preset: 'hydra', tls: files('hydra.example.org') }),
    acmeDirectory: '/var/lib/acme/acme-challenge',
    redirectStatus: 301,
    limits: { connectTimeoutSeconds: 60, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 },
    locations: [
      { match: { kind: 'prefix', path: '/static/' }, class: 'static', directory: '/srv/hydra/root/static' },
    ],
  }),
  one(
    '25',
    'apache',
    ['sign-in by OpenID Connect in the server', defaultHost],
    {
      ...site('25', 'gerrit.example.com', 80, { preset: 'gerrit' }),
      httpsPort: 9442,
      upstreams: [{ servers: [{ socket: '/mnt/sockets/gerrit.sock' }] }],
    },
    false,
  ),
  one('26', 'apache', [], {
    ...site('26', 'gerrit.example.org', 8081, { preset: 'gerrit' }),
    aliases: { hostnames: ['gerrit.example.net'] },
    redirectStatus: 301,
  }),
  one(
    '28',
    'apache',
    ['sign-in by LDAP in the server'],
    {
      ...site('28', 'jenkins.example.com', 8080, { preset: 'jenkins' }),
      prefix: { mode: 'keep', path: '/jenkins/' },
    },
    false,
  ),
  one('29', 'apache', [], {
    ...site('29', 'jenkins.example.net', 8449, { preset: 'jenkins' }),
    upstreams: [
      { scheme: 'https', verify: { mode: 'skip' }, servers: [{ address: '127.0.0.1', port: 8449 }] },
    ],
    redirectStatus: 301,
  }),
  one('31', 'apache', [], {
    ...site('31', 'gitlab.example.com', 1234, { preset: 'gitlab' }),
    aliases: {
      hostnames: ['www.gitlab.example.com'],
      plainHostnames: ['mt.example.com', 'www.mt.example.com'],
    },
    logs: { access: 'combined' },
  }),
  one('32', 'apache', ['nothing outside of the named paths'], {
    ...site('32', 'zuul.example.com', 9000, { preset: 'generic' }),
    upstreams: (
      [
        ['zuul', '10.20.0.61', 9000],
        ['logs', '10.20.0.62', 8080],
        ['builds', '10.20.0.63', 8080],
      ] as const
    ).map(([name, address, port]) => ({ name, servers: [{ address, port }] })),
    redirects: [{ from: '/codesearch', to: '/codesearch/', status: 301 }],
    applications: [
      { name: 'zuul', preset: 'zuul', prefix: { mode: 'strip', path: '/zuul/' }, upstream: 'zuul' },
      { name: 'logs', preset: 'generic', prefix: { mode: 'keep', path: '/logs/' }, upstream: 'logs' },
      {
        name: 'builds',
        preset: 'generic',
        prefix: { mode: 'keep', path: '/nodepool/builds/' },
        upstream: 'builds',
      },
    ],
  }),
  {
    id: '34',
    server: 'caddy',
    missing: [],
    usable: true,
    sites: [
      {
        ...site('34-ci', 'ci.example.com', 7777, { preset: 'generic', tls: { mode: 'self-signed' } }),
        hostnames: ['ci.example.com', 'www.ci.example.com'],
        logs: { access: 'json', directory: '/var/log' },
      },
      {
        ...site('34-builds', 'builds.example.com', 8096, { preset: 'generic', tls: { mode: 'self-signed' } }),
        logs: { access: 'json', directory: '/var/log' },
      },
    ],
  },
  one(
    '36',
    'caddy',
    [defaultHost],
    site('36', 'jenkins.example.com', 8080, { preset: 'jenkins', tls: { mode: 'self-signed' } }),
    false,
  ),
  one(
    '38',
    'caddy',
    ['the address that was asked for, as Authelia wants it'],
    site('38', 'ci.example.com', 8080, { preset: 'generic', tls: { mode: 'automatic' } }),
    false,
  ),
];
