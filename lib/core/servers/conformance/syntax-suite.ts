import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSite } from '../../rules/parse-site';
import type { Site, SiteInput } from '../../site/schema';
import { fullSites } from '../../site/testing/full-site';
import type { RenderTarget } from '../../web-server/render-target';
import { renderTarget } from '../render';
import type { ServerDriver } from './driver';
import { withLocalFiles } from './local-files';
import { makeCertificates } from './make-certificates';
import { targetOf } from './stage';

/** What one kind of server adds to the common questions. */
export interface SyntaxQuestions {
  readonly driver: ServerDriver;
  /** Versions whose form the installed server still reads. */
  readonly versions: readonly (string | null)[];
  /** Text of a users' file in this server's form. */
  readonly users: string;
}

const base: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com'],
  tls: { mode: 'self-signed' },
  upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
};

/**
 * What a real server says of our files: no error and no warning, for every example, every field and every combination of the larger
 * choices. Issues that name what the server cannot do are not asked here.
 */
export function describeSyntax({ driver, versions, users }: SyntaxQuestions): void {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), `gatehouse-${driver.kind}-syntax-`));
    await mkdir(`${directory}/files`);
    const pair = {
      certificatePath: `${directory}/files/c.crt`,
      keyPath: `${directory}/files/c.key`,
      hostnames: ['x'],
    };
    await makeCertificates([pair], (path) => path);
    await writeFile(`${directory}/files/users`, users);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** Documents name files of a host; here they are ones that exist. */
  const localised = (document: unknown): unknown => withLocalFiles(document, `${directory}/files`);
  const valid = (document: unknown): Site => {
    const parsed = parseSite(localised(document));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    return parsed.value;
  };
  const targets = async (): Promise<readonly RenderTarget[]> => {
    const installed = await targetOf(driver);
    return [installed, ...versions.map((version) => ({ ...installed, version }))];
  };
  const expectClean = async (sites: readonly Site[], all = true): Promise<void> => {
    for (const target of all ? await targets() : [await targetOf(driver)]) {
      const rendering = renderTarget(sites, target);
      const place = await mkdtemp(join(directory, 'case-'));
      const { ok, findings, output } = await driver.test(rendering, place);
      expect(findings, String(target.version)).toEqual([]);
      expect(ok, output).toBe(true);
      await rm(place, { recursive: true });
    }
  };

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

  test('all combinations of the larger choices', async () => {
    const choices: readonly (readonly Partial<SiteInput>[])[] = [
      [{ preset: 'generic' }, { preset: 'buildbot' }, { preset: 'jenkins' }, { preset: 'pipelit' }],
      [
        {},
        {
          tls: { mode: 'files', certificate: '/etc/ssl/c', key: '/etc/ssl/key' },
          tlsProfile: 'modern',
          hsts: { maxAgeSeconds: 300 },
          http2: false,
        },
        { tls: { mode: 'none' }, httpPort: 8080 },
      ],
      [
        {},
        {
          access: {
            auth: { mode: 'basic', realm: 'CI', usersFile: '/etc/gatehouse/users' },
            satisfy: 'any',
            ip: { allow: ['10.0.0.0/8'] },
          },
        },
        { access: { ip: { allow: ['10.0.0.0/8', '2001:db8::/32'], deny: ['10.0.0.1'] } } },
      ],
      [
        { logs: { access: 'off' } },
        { logs: { access: 'combined' }, acmeDirectory: '/var/www/acme' },
        { logs: { access: 'json' }, ipv6: false, responseHeaders: [{ op: 'set', name: 'X-A', value: 'b' }] },
      ],
      [
        {},
        {
          upstreams: [{ policy: 'cookie', servers: [1, 2].map((port) => ({ address: '127.0.0.1', port })) }],
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
    // Together on one machine, in a few lots: TLS and plain sites of one port do not mix.
    await expectClean(sites, false);
  });

  test('names and headers as long as the schema allows', async () => {
    const long = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.example.com`;
    const headers = Array.from({ length: 32 }, (_, index) => ({
      op: 'set' as const,
      name: `X-${String(index).padStart(62, 'y')}`,
      value: '"$x\\ '.repeat(100).trim(),
    }));
    await expectClean([
      valid({
        ...base,
        name: 'a'.repeat(63),
        hostnames: [long, `*.${long}`],
        upstreams: [{ name: 'u'.repeat(63), servers: [{ address: '127.0.0.1', port: 8010 }] }],
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
}
