import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explainRequest } from '../../../explain/explain-request';
import type { Explanation } from '../../../explain/explanation';
import { readRequest } from '../../../explain/request';
import { resolve } from '../../../resolve/resolve';
import type { Site, SiteInput } from '../../../site/schema';
import type { ServerDriver } from '../driver';
import { type Head, values } from '../message';
import { type Reply, request } from '../raw-client';
import { onStage, type Places, parseAll, type Stage, siteInput } from '../stage';
import { alice, usersFile } from '../users-file';

const targets = [
  '/',
  '/?q=a%20b',
  '/x/y.html',
  '/app/',
  '/app/x',
  '/app/x[1]?y=%2F',
  '/app',
  '/api/v1',
  '/api/v1?z=1',
  '/ci/ws',
  '/job/feature%2Fws',
  '/hook/a/deliver',
  '/secret/x',
  '/secret%2fx',
  '/SECRET/x',
  '//secret/x',
  '/open/x',
  '/open/x/y',
  '/open/z/y.html',
  '/open/zz/y.html',
  '/open',
  '/open/files',
  '/app/ws',
  '/app/x/y.html',
  '/app/y.html',
  '/other/y.html',
  '/open;x/y',
  '/files/x.txt',
  '/files/none.txt',
  '/second/x',
  '/other/../secret/x',
  '/%2573ecret/x',
  '/second//evil.example/x?a=//b',
  '/second/\\evil.example',
  '/second/%2Fevil.example',
  '/f%69les/x',
  '/secret/a%20b/c?token=1',
  '/files/?x',
  '/listed/',
  '/listed/not/',
];
const sent = [
  ['X-Forwarded-For', '203.0.113.9'],
  ['X-Remote_User', 'root'],
  ['Proxy', 'http://evil.example'],
  ['Accept', 'text/x-canary'],
  ['X-Own', 'mine'],
] as const;

/** What `explainRequest` says of a request is what the real server does with it: status, address, body's place, request line, each header. */
export function describeExplanations(driver: ServerDriver): void {
  test('what is explained is what happens', () =>
    onStage(
      driver,
      (places) => documents(places, driver),
      async (stage) => {
        const wrong: string[] = [];
        let asked = 0;
        for (const document of parseAll(await documents(stage, driver))) {
          const site = resolve(document);
          for (const [scheme, hostname] of placesOf(document)) {
            for (const target of targets) {
              const port = scheme === 'https' ? stage.https : stage.http;
              const typed = readRequest({
                address: `${scheme}://${hostname}:${port}${target}`,
                headers: sent.map(([name, value]) => `${name}: ${value}`),
              });
              if (!typed.ok) throw new Error(JSON.stringify(typed.error));
              const told = explainRequest(site, typed.value, driver.kind);
              const reply = await ask(stage, scheme, hostname, target, told);
              asked += 1;
              const differing = differences(told, reply, stage);
              if (differing.length > 0)
                wrong.push(`${document.name} ${scheme} ${target}: ${differing.join('; ')}`);
            }
          }
        }
        expect(wrong).toEqual([]);
        expect(asked).toBe(24 * targets.length);
      },
    ));
}

async function documents(places: Places, driver: ServerDriver): Promise<SiteInput[]> {
  const directory = `${places.directory}/files`;
  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}/x.txt`, 'a file', { mode: 0o644 });
  const site = (name: string, more: Partial<SiteInput>) =>
    siteInput(places, { preset: 'generic', name, hostnames: [`${name}.example.com`], ...more });
  return [
    site('rules', {
      access: {
        auth: { mode: 'basic', realm: 'CI', usersFile: await usersFile(places, driver) },
        userHeader: { name: 'X-Remote-User', value: '{user}' },
      },
      upstreams: [
        { servers: [{ address: '127.0.0.1', port: places.app }] },
        { name: 'second', servers: [{ address: '127.0.0.1', port: places.other }] },
      ],
      requestHeaders: [
        { op: 'set', name: 'X-Seen-At', value: '{host}' },
        { op: 'remove', name: 'X-Own' },
      ],
      responseHeaders: [{ op: 'set', name: 'X-Answered-By', value: 'the proxy' }],
      locations: [
        { match: { kind: 'prefix', path: '/secret/' }, class: 'deny' },
        { match: { kind: 'prefix', path: '/open/' }, access: 'bypass-auth' },
        { match: { kind: 'prefix', path: '/files/' }, class: 'static', directory },
        { match: { kind: 'prefix', path: '/listed/' }, class: 'static', directory, listing: true },
        { match: { kind: 'prefix', path: '/listed/not/' }, class: 'static', directory },
        { match: { kind: 'prefix', path: '/second/' }, upstream: 'second' },
        { match: { kind: 'exact', path: '/api/v1' }, access: 'bypass' },
        { match: { kind: 'suffix', path: '/ws' }, class: 'ws' },
        { match: { kind: 'segments', path: '/hook/*/deliver' }, access: 'bypass-auth' },
      ],
    }),
    site('badges', {
      plainHttp: { paths: ['/open/', '/api/v1', '/app/'] },
      access: { auth: { mode: 'basic', realm: 'CI', usersFile: await usersFile(places, driver) } },
      locations: [
        { match: { kind: 'prefix', path: '/open/' }, access: 'bypass-auth' },
        { match: { kind: 'prefix', path: '/open/x/' }, class: 'deny' },
        { match: { kind: 'exact', path: '/open/x' }, access: 'site' },
        { match: { kind: 'suffix', path: '/y.html' }, class: 'deny' },
      ],
    }),
    site('several', {
      access: { auth: { mode: 'basic', realm: 'CI', usersFile: await usersFile(places, driver) } },
      upstreams: [
        { servers: [{ address: '127.0.0.1', port: places.app }] },
        { name: 'second', servers: [{ address: '127.0.0.1', port: places.other }] },
      ],
      limits: { bodySizeMib: 3 },
      locations: [
        { match: { kind: 'suffix', path: '/y.html' }, class: 'deny' },
        { match: { kind: 'suffix', path: '/ws' }, access: 'bypass' },
        { match: { kind: 'segments', path: '/*/x/y' }, class: 'deny' },
        { match: { kind: 'header', name: 'Accept', startsWith: 'text/x-canary' }, access: 'bypass-auth' },
      ],
      applications: [
        {
          name: 'app',
          preset: 'generic',
          prefix: { mode: 'keep', path: '/app/' },
          upstream: 'second',
          locations: [{ match: { kind: 'suffix', path: '/x' }, access: 'bypass-auth' }],
        },
        {
          name: 'open',
          preset: 'generic',
          prefix: { mode: 'strip', path: '/open/' },
          upstream: 'second',
          access: 'bypass',
          limits: { bodySizeMib: 1 },
          locations: [
            { match: { kind: 'prefix', path: '/z/' }, class: 'deny' },
            { match: { kind: 'prefix', path: '/zz/' } },
            { match: { kind: 'exact', path: '/files' }, upstream: 'main' },
          ],
        },
      ],
    }),
    site('addressed', {
      access: { ip: { allow: ['203.0.113.0/24'] } },
      locations: [
        { match: { kind: 'prefix', path: '/open/' }, allow: ['127.0.0.1', '::1'] },
        { match: { kind: 'prefix', path: '/app/' }, access: 'bypass', allow: ['203.0.113.7'] },
        { match: { kind: 'exact', path: '/api/v1' }, access: 'bypass' },
      ],
    }),
    site('both', {
      plainHttp: { mode: 'serve' },
      prefix: { mode: 'strip', path: '/app/' },
      responseHeaders: [{ op: 'set', name: 'X-Both', value: '{scheme}' }],
    }),
    site('keep', { prefix: { mode: 'keep', path: '/app/' }, acmeDirectory: directory }),
    site('strip', { prefix: { mode: 'strip', path: '/app/' } }),
    site('add', { prefix: { mode: 'add', path: '/repository/' } }),
    site('front', {
      tls: { mode: 'none' },
      publicAddress: { scheme: 'https', port: 443 },
      prefix: { mode: 'keep', path: '/app/' },
      trustedProxies: ['127.0.0.1/32'],
    }),
    site('moved', {
      aliases: { hostnames: ['old.example.com'], plainHostnames: ['older.example.com'] },
      redirects: [
        { from: '/', to: '/app/', status: 302 },
        { from: '/files/', match: 'below', to: '/kept/' },
        { from: '/secret/', match: 'below', to: 'https://vault.example.com/', keepQuery: false, status: 307 },
        { from: '/open/', match: 'below', to: '/page', status: 301 },
        { from: '/second/', match: 'below', to: '/' },
      ],
    }),
    site('rewrite', { prefix: { mode: 'rewrite', rules: [{ from: '/api/', to: '/api/tenant/' }] } }),
  ];
}

/** Every name of a site by https and http; names for http alone by that. */
function placesOf({ tls, hostnames, aliases }: Site): readonly (readonly ['https' | 'http', string])[] {
  const [name = ''] = hostnames;
  return [
    ...(tls.mode === 'none' ? [] : [name, ...aliases.hostnames].map((each) => ['https', each] as const)),
    ...[name, ...aliases.hostnames, ...aliases.plainHostnames].map((each) => ['http', each] as const),
  ];
}

function ask(
  stage: Stage,
  scheme: 'http' | 'https',
  hostname: string,
  target: string,
  told: Explanation,
): Promise<Reply> {
  const signsIn = told.conditions.some(({ text }) => text.startsWith('name and password'));
  return request(scheme === 'https' ? stage.secure(hostname) : stage.plain, {
    target,
    host: `${hostname}:${scheme === 'https' ? stage.https : stage.http}`,
    headers: [...sent, ...(signsIn ? [alice] : [])],
  });
}

function differences(told: Explanation, reply: Reply, stage: Stage): string[] {
  const { answer } = told;
  const found: string[] = [];
  const compare = (what: string, real: unknown, expected: unknown) => {
    if (real !== expected) found.push(`${what} is ${String(real)}, told as ${String(expected)}`);
  };
  switch (answer.kind) {
    case 'nobody':
      found.push('told as nobody’s');
      break;
    case 'denied':
    case 'refused':
      compare('status', reply.status, answer.status);
      break;
    case 'redirect':
      compare('status', reply.status, answer.status);
      compare('Location', values(reply.headers, 'location')[0], answer.to);
      break;
    case 'file':
      if (answer.lists) {
        compare('status', reply.status, 200);
        compare('list', reply.body.includes('x.txt'), true);
      }
      // A directory without an index is forbidden on nginx, and not found on the others.
      else if (answer.file.endsWith('/')) compare('status', [403, 404].includes(reply.status), true);
      else compare('status', reply.status, answer.file.endsWith('/x.txt') ? 200 : 404);
      compare('directory', answer.file.startsWith(`${stage.directory}/files/`), true);
      break;
    case 'application': {
      // Asked from this machine: an address rule of another one lets nothing through.
      if (told.conditions.some(({ text }) => /^from 203/.test(text))) {
        compare('status', reply.status, 403);
        return found;
      }
      compare('status', reply.status, 200);
      if (reply.status !== 200) break;
      const seen: { upstream: string; line: string; headers: Head['headers'] } = JSON.parse(reply.body);
      compare('line', seen.line, `${answer.line} HTTP/1.1`);
      compare(
        'server',
        `http://127.0.0.1:${seen.upstream === 'second' ? stage.other : stage.app}`,
        answer.servers[0],
      );
      for (const { name, value } of told.requestHeaders) {
        const real = values(seen.headers, name).join(', ');
        if (value === null) compare(name, real, '');
        else if (value.includes('<')) compare(`${name} is set`, real !== '', true);
        else compare(name, real, value);
      }
    }
  }
  if (answer.kind === 'application') {
    for (const { name, value } of told.responseHeaders)
      compare(`answer’s ${name}`, values(reply.headers, name).join(', '), value ?? '');
  }
  return found;
}
