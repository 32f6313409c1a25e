import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSite } from '../../rules/parse-site';
import type { Site, SiteInput } from '../../site/schema';
import { fullSites } from '../../site/testing/full-site';
import { mapFinding } from '../map-finding';
import { can, type Feature } from '../nginx/capabilities';
import { renderTarget } from '../render';
import { makeCertificates } from './make-certificates';
import { nginxDriver } from './nginx-driver';
import { targetOf } from './stage';

/** What the real nginx says of our files: no error and no warning, for every example, every field and every combination. */
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatehouse-nginx-syntax-'));
  await mkdir(`${directory}/files`);
  const pair = {
    certificatePath: `${directory}/files/c.crt`,
    keyPath: `${directory}/files/c.key`,
    hostnames: ['x'],
  };
  await makeCertificates([pair], (path) => path);
  await writeFile(`${directory}/files/users`, '');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Documents name files of a host; here they are ones that exist. */
function localised(document: unknown): unknown {
  const text = JSON.stringify(document)
    .replaceAll(/"\/etc\/(?:ssl|letsencrypt)\/[^"]*(?:key)[^"]*"/g, `"${directory}/files/c.key"`)
    .replaceAll(/"\/etc\/(?:ssl|letsencrypt)\/[^"]*"/g, `"${directory}/files/c.crt"`)
    .replaceAll('"/var/log/gatehouse"', `"${directory}/files"`);
  return JSON.parse(text);
}

function valid(document: unknown): Site {
  const parsed = parseSite(localised(document));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

async function judge(sites: readonly Site[]) {
  const rendering = renderTarget(sites, await targetOf(nginxDriver));
  const refused = rendering.issues.filter(({ severity }) => severity === 'error');
  const outcome = await nginxDriver.test(rendering, await mkdtemp(join(directory, 'case-')));
  return { ...outcome, rendering, refused };
}

async function expectClean(sites: readonly Site[]): Promise<void> {
  const { ok, findings, refused, output } = await judge(sites);
  expect(refused).toEqual([]);
  expect(findings).toEqual([]);
  expect(ok, output).toBe(true);
}

const base: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com'],
  tls: { mode: 'self-signed' },
  upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
};

describe('the real nginx accepts without a warning', () => {
  const examples = join(import.meta.dirname, '../../../../examples/sites');
  test.each(readdirSync(examples))('example %s', async (name) => {
    await expectClean([valid(parse(readFileSync(join(examples, name), 'utf8')))]);
  });

  test.each(fullSites.map((document) => [document.name, document] as const))(
    'every field of “%s”',
    async (_name, document) => {
      await expectClean([valid(document)]);
    },
  );

  test('all combinations of the larger choices, together on one machine', async () => {
    const choices: readonly (readonly Partial<SiteInput>[])[] = [
      [{ preset: 'generic' }, { preset: 'buildbot' }, { preset: 'jenkins' }, { preset: 'pipelit' }],
      [
        { tls: { mode: 'self-signed' } },
        {
          tls: { mode: 'files', certificate: '/etc/ssl/c', key: '/etc/ssl/key' },
          tlsProfile: 'modern',
          hsts: { maxAgeSeconds: 300 },
        },
        { tls: { mode: 'none' }, httpPort: 8080 },
      ],
      [
        {},
        {
          access: {
            auth: { mode: 'basic', realm: 'CI', usersFile: '/etc/users' },
            satisfy: 'any',
            ip: { allow: ['10.0.0.0/8'] },
          },
        },
        {
          access: {
            auth: {
              mode: 'forward',
              upstream: 'main',
              path: '/a',
              copyHeaders: ['X-User', 'X-Mail'],
              signInUrl: 'https://l.example.com/',
            },
          },
        },
      ],
      [
        { logs: { access: 'off' } },
        { logs: { access: 'combined' }, acmeDirectory: '/var/www/acme' },
        { logs: { access: 'json' }, ipv6: false, responseHeaders: [{ op: 'set', name: 'X-A', value: 'b' }] },
      ],
      [
        {},
        {
          upstreams: [
            { policy: 'client-address', servers: [1, 2].map((port) => ({ address: '127.0.0.1', port })) },
          ],
          hostHeader: 'upstream',
        },
      ],
    ];
    const documents = choices.reduce<Partial<SiteInput>[]>(
      (found, options) => found.flatMap((known) => options.map((option) => ({ ...known, ...option }))),
      [{}],
    );
    const sites = documents.map((change, index) =>
      valid({
        ...base,
        ...change,
        name: `site-${index}`,
        hostnames: [`site-${index}.example.com`, `*.wild-${index}.example.com`],
      }),
    );
    expect(sites.length).toBe(216);
    await expectClean(sites);
  });

  test('whatever this version has beyond the older ones', async () => {
    const target = await targetOf(nginxDriver);
    const upstreams = [
      {
        name: 'main',
        policy: 'cookie',
        servers: [
          { address: '127.0.0.1', port: 1 },
          { address: '127.0.0.1', port: 2 },
        ],
      },
      { name: 'two', scheme: 'h2c', servers: [{ address: '127.0.0.1', port: 3 }] },
    ] as const;
    const grpc = {
      purpose: 'grpc',
      hostnames: ['grpc.example.com'],
      upstream: 'two',
      class: 'grpc',
    } as const;
    const cases: readonly (readonly [Feature, Partial<SiteInput>])[] = [
      ['quic', { http3: true }],
      ['stickyCookie', { upstreams: [upstreams[0]] as never }],
      ['http2Upstream', { upstreams: [upstreams[1]] as never }],
    ];
    for (const [feature, change] of cases) {
      const site = valid({ ...base, ...change });
      if (can(target, feature))
        await expectClean([site, valid({ ...base, ...change, name: 'b', hostnames: ['b.example.com'] })]);
      else expect((await judge([site])).refused.length, feature).toBe(1);
    }
    await expectClean([
      valid({
        ...base,
        upstreams: [{ servers: [{ address: '127.0.0.1', port: 1 }] }, upstreams[1]] as never,
        extraHosts: [grpc],
      }),
    ]);
  });

  test('names at the edge of its table, which has room for 46 characters by default', async () => {
    const names = [45, 46, 47, 48].map((length) => `${'a'.repeat(length - 8)}.example`);
    expect(names.map(({ length }) => length)).toEqual([45, 46, 47, 48]);
    for (const name of names) {
      await expectClean([
        valid({ ...base, hostnames: [name] }),
        valid({ ...base, name: 'b', hostnames: ['b.example.com', `*.${name.slice(2)}`] }),
      ]);
    }
  });

  test('names and headers as long as the schema allows', async () => {
    const long = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.example.com`;
    const headers = Array.from(
      { length: 32 },
      (_, index) =>
        ({
          op: 'set',
          name: `X-${String(index).padStart(62, 'y')}`,
          value: '"$x\\ '.repeat(100).trim(),
        }) as const,
    );
    await expectClean([
      valid({
        ...base,
        name: 'a'.repeat(63),
        hostnames: [long, `*.${long}`],
        requestHeaders: headers,
        responseHeaders: headers,
      }),
      valid({
        ...base,
        name: 'many',
        hostnames: Array.from(
          { length: 64 },
          (_, index) => `${String(index).padStart(60, 'n')}.${'d'.repeat(63)}.example.com`,
        ),
      }),
    ]);
  });
});

describe('what the real nginx refuses leads to the field', () => {
  const finding = async (change: Partial<SiteInput>) => {
    const { ok, findings, rendering } = await judge([valid({ ...base, ...change })]);
    expect(ok).toBe(false);
    const [first] = findings.filter(({ severity }) => severity === 'error');
    if (!first) throw new Error('no finding');
    const name = first.path?.split('/').at(-1);
    const file = rendering.files.find(({ path }) => path.endsWith(`/${name}`));
    return mapFinding({ ...first, path: file?.path ?? null }, rendering.files).issue;
  };

  test('an upstream name that does not resolve', async () => {
    const issue = await finding({
      upstreams: [
        {
          servers: [
            { address: '127.0.0.1', port: 1 },
            { address: 'nobody.invalid', port: 8010 },
          ],
        },
      ],
    });
    expect(issue).toMatchObject({ path: ['upstreams', 0, 'servers', 1], site: 'ci' });
  });

  test('a certificate that is not there', async () => {
    const parsed = parseSite({
      ...base,
      tls: { mode: 'files', certificate: '/nowhere/c.pem', key: '/nowhere/k.pem' },
    });
    if (!parsed.ok) throw new Error('not valid');
    const { findings } = await judge([parsed.value]);
    expect(findings[0]?.message).toContain('/nowhere/c.pem');
  });

  test('a log directory that is not there', async () => {
    const issue = await finding({ logs: { access: 'combined', directory: '/nowhere/logs' } });
    expect(issue.message).toContain('/nowhere/logs');
  });
});
