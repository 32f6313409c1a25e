import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatPath } from '../format-path';
import { presetIds } from '../presets';
import { defaultSite } from '../presets/default-site';
import { parseSite } from '../rules/parse-site';
import type { SiteInput } from '../site/schema';
import { lintRules } from './index';
import { lintSite } from './lint-site';

const base: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com'],
  tls: { mode: 'files', certificate: '/etc/ssl/ci/fullchain.pem', key: '/etc/ssl/ci/privkey.pem' },
  upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
};
const basic = { mode: 'basic', realm: 'CI', usersFile: '/etc/gatehouse/ci.users' } as const;
const set = (name: string, value: string) => ({ op: 'set', name, value }) as const;
const remove = (name: string) => ({ op: 'remove', name }) as const;
const at = (kind: 'prefix' | 'suffix', path: string) => ({ kind, path }) as const;
const to = (server: object) => [{ servers: [{ address: '127.0.0.1', port: 8010, ...server }] }];
const hsts = { maxAgeSeconds: 86_400 };
const docs = { tls: { mode: 'none' }, purpose: 'docs', upstream: 'main' } as const;

interface Case {
  /** A document that the rule speaks up about, and the field it names. */
  readonly unwise: Partial<SiteInput>;
  readonly path: string;
  /** The nearest document that is fine. */
  readonly wise: Partial<SiteInput>;
}

/** Advice that nobody could follow or that is always given would not be read: each rule speaks up about one and is silent about the other. */
const cases: Readonly<Record<keyof typeof lintRules, Case>> = {
  clearTextUpstream: {
    unwise: { upstreams: to({ address: '93.184.216.34' }) },
    path: 'upstreams[0].servers[0].address',
    wise: { upstreams: to({ address: '10.20.0.5' }) },
  },
  contentSecurityPolicy: {
    unwise: { responseHeaders: [set('Content-Security-Policy', "default-src self; object-src 'none'")] },
    path: 'responseHeaders[0].value',
    wise: { responseHeaders: [set('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'")] },
  },
  corsAnyOrigin: {
    unwise: {
      responseHeaders: [
        set('Access-Control-Allow-Origin', '*'),
        set('Access-Control-Allow-Credentials', 'true'),
      ],
    },
    path: 'responseHeaders[0].value',
    wise: { responseHeaders: [set('Access-Control-Allow-Origin', 'https://dash.example.com')] },
  },
  forwardedHeaders: {
    unwise: { requestHeaders: [set('X-Forwarded-For', '10.0.0.1')] },
    path: 'requestHeaders[0].name',
    wise: { requestHeaders: [set('X-Request-Base', '{public_url}')] },
  },
  headerOverride: {
    unwise: {
      responseHeaders: [set('X-Content-Type-Options', 'nosniff')],
      locations: [{ match: at('prefix', '/files/'), responseHeaders: [remove('x-content-type-options')] }],
    },
    path: 'locations[0].responseHeaders[0].name',
    wise: {
      responseHeaders: [set('X-Content-Type-Options', 'nosniff')],
      locations: [{ match: at('prefix', '/files/'), responseHeaders: [set('X-Frame-Options', 'DENY')] }],
    },
  },
  hstsOtherPort: { unwise: { hsts, httpsPort: 8443 }, path: 'hsts', wise: { hsts } },
  hstsPlainHost: {
    unwise: {
      hsts: { ...hsts, includeSubDomains: true },
      extraHosts: [{ ...docs, hostnames: ['docs.ci.example.com'] }],
    },
    path: 'extraHosts[0].tls',
    wise: { hsts, extraHosts: [{ ...docs, hostnames: ['docs.ci.example.com'] }] },
  },
  hstsRemoved: {
    unwise: { hsts, responseHeaders: [remove('Strict-Transport-Security')] },
    path: 'responseHeaders[0].name',
    wise: { responseHeaders: [remove('Strict-Transport-Security')] },
  },
  hstsSharedHost: {
    unwise: { hsts: { ...hsts, includeSubDomains: true }, hostnames: ['example.com'] },
    path: 'hsts.includeSubDomains',
    wise: { hsts: { ...hsts, includeSubDomains: true } },
  },
  jsonLogHeaders: {
    unwise: { logs: { access: 'json' } },
    path: 'logs.access',
    wise: { logs: { access: 'timing' } },
  },
  localhostUpstream: {
    unwise: { upstreams: to({ address: 'localhost' }) },
    path: 'upstreams[0].servers[0].address',
    wise: { upstreams: to({ address: '::1' }) },
  },
  looseCookies: {
    unwise: { preset: 'buildbot', cookies: { secure: false } },
    path: 'cookies.secure',
    wise: { preset: 'buildbot', cookies: {} },
  },
  metadataUpstream: {
    unwise: { upstreams: to({ address: '169.254.169.254' }) },
    path: 'upstreams[0].servers[0].address',
    wise: { upstreams: to({ address: '169.253.169.254' }) },
  },
  noSignIn: {
    unwise: { preset: 'prometheus' },
    path: 'access',
    wise: { preset: 'prometheus', access: { ip: { allow: ['10.0.0.0/8'] } } },
  },
  openBypass: {
    unwise: {
      access: { auth: basic },
      locations: [
        {
          match: { kind: 'header', name: 'Authorization', startsWith: 'Bearer' },
          access: 'bypass-auth',
        },
      ],
    },
    path: 'locations[0].access',
    wise: {
      access: { auth: basic },
      locations: [{ match: at('prefix', '/hooks/'), access: 'bypass-auth', maskQuery: true }],
    },
  },
  originHeader: {
    unwise: { requestHeaders: [remove('Origin')] },
    path: 'requestHeaders[0].name',
    wise: { requestHeaders: [remove('X-Origin')] },
  },
  ownSecurityHeaders: {
    unwise: { preset: 'jenkins', responseHeaders: [set('X-Frame-Options', 'DENY')] },
    path: 'responseHeaders[0].name',
    wise: { responseHeaders: [set('X-Frame-Options', 'DENY')] },
  },
  plainHttp: {
    unwise: { tls: { mode: 'none' } },
    path: 'tls.mode',
    wise: {
      tls: { mode: 'none' },
      publicAddress: { scheme: 'https', port: 443 },
      trustedProxies: ['10.0.0.1'],
    },
  },
  plainSignInPage: {
    unwise: {
      access: {
        auth: { mode: 'forward', upstream: 'main', path: '/a', signInUrl: 'http://login.example.com/' },
      },
    },
    path: 'access.auth.signInUrl',
    wise: {
      access: {
        auth: { mode: 'forward', upstream: 'main', path: '/a', signInUrl: 'https://login.example.com/' },
      },
    },
  },
  privilegedUpstream: {
    unwise: { upstreams: [{ servers: [{ socket: '/run/docker.sock' }] }] },
    path: 'upstreams[0].servers[0].socket',
    wise: { upstreams: [{ servers: [{ socket: '/run/ci/http.sock' }] }] },
  },
  secretInHeader: {
    unwise: { requestHeaders: [set('X-Api-Key', '0123456789abcdef')] },
    path: 'requestHeaders[0].value',
    wise: { requestHeaders: [remove('X-Api-Key')] },
  },
  secretsInLog: {
    unwise: { locations: [{ match: at('prefix', '/webhooks/') }] },
    path: 'locations[0].maskQuery',
    wise: { locations: [{ match: at('prefix', '/webhooks/'), maskQuery: true }] },
  },
  staticDirectory: {
    unwise: {
      access: { auth: { ...basic, usersFile: '/var/www/ci/users' } },
      locations: [{ match: at('prefix', '/files/'), class: 'static', directory: '/var/www/ci' }],
    },
    path: 'locations[0].directory',
    wise: {
      access: { auth: basic },
      locations: [{ match: at('prefix', '/files/'), class: 'static', directory: '/var/www/ci' }],
    },
  },
  suffixBypass: {
    unwise: {
      access: { auth: basic },
      locations: [{ match: at('suffix', '/ws'), class: 'ws', access: 'bypass-auth', maskQuery: true }],
    },
    path: 'locations[0].match.path',
    wise: {
      locations: [{ match: at('suffix', '/ws'), class: 'ws', access: 'bypass-auth', maskQuery: true }],
    },
  },
  wideTrustedProxies: {
    unwise: { trustedProxies: ['0.0.0.0/1'] },
    path: 'trustedProxies[0]',
    wise: { trustedProxies: ['10.0.0.0/8'] },
  },
  wildcardHost: {
    unwise: { hostnames: ['ci.example.com', '*.ci.example.com'] },
    path: 'hostnames[1]',
    wise: { hostnames: ['ci.example.com', 'build.example.com'] },
  },
};

function codes(change: Partial<SiteInput>): readonly string[] {
  const parsed = parseSite({ ...base, ...change });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return lintSite(parsed.value).map(({ code, path }) => `${code} ${formatPath(path)}`);
}

describe.each(Object.entries(cases))('%s', (name, { unwise, path, wise }) => {
  const { code } = lintRules[name as keyof typeof lintRules];

  test('speaks up at the field', () => {
    expect(codes(unwise)).toContain(`${code} ${path}`);
  });

  test('is silent about what is fine', () => {
    expect(codes(wise).filter((found) => found.startsWith(`${code} `))).toEqual([]);
  });
});

test('the folder of rules is the registry, and every rule names its source and its own code', () => {
  const files = readdirSync(join(import.meta.dirname, 'rules')).map((file) => file.replace('.ts', ''));
  expect(Object.values(lintRules).map(({ code }) => code.replace('lint.', ''))).toEqual(files);
  const camel = (text: string) => text.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  expect(Object.keys(lintRules)).toEqual(files.map(camel));
  for (const { source } of Object.values(lintRules)) expect(() => new URL(source)).not.toThrow();
});

test('advice never refuses a document, says what to do next and where that is written', () => {
  for (const { unwise } of Object.values(cases)) {
    const parsed = parseSite({ ...base, ...unwise });
    expect(parsed.ok).toBe(true);
    if (!parsed.ok) continue;
    for (const { severity, hint } of lintSite(parsed.value)) {
      expect(severity).not.toBe('error');
      expect(hint).toMatch(/\. See https:\/\//);
    }
  }
});

describe('what Gatehouse itself proposes', () => {
  const folder = join(import.meta.dirname, '../../../examples/sites');

  test.each(readdirSync(folder))('the example %s gives no warning', (file) => {
    const parsed = parseSite(parse(readFileSync(join(folder, file), 'utf8')));
    const issues = parsed.ok ? lintSite(parsed.value) : [];
    expect(issues.filter(({ severity }) => severity === 'warning')).toEqual([]);
  });

  test.each(presetIds)('the first document of %s gives no warning but that nobody signs in', (preset) => {
    const issues = lintSite(defaultSite(preset, 'ci', 'ci.example.com'));
    const others = issues.filter(
      ({ severity, code }) => severity === 'warning' && code !== 'lint.no-sign-in',
    );
    expect(others).toEqual([]);
  });
});
