import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Issue } from '../../issue';
import { parseSite } from '../../site/parse-site';
import type { Site, SiteInput } from '../../site/schema';
import { fullSites } from '../../site/testing/full-site';
import { spoiled } from '../../site/testing/hostile-text';
import { stringFields, valueAt, withValue } from '../../site/testing/string-fields';
import { renderTarget } from '../render';
import type { Rendering, RenderTarget } from '../types';
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
  /** The server's own reading of the files, to be compared with what was meant; `null` where the text is the whole story. */
  readonly understood: (rendering: Rendering, directory: string) => Promise<unknown>;
  /** What `understood` must be. `usual` is the reading of the same document with a harmless text. */
  readonly meant: (rendering: Rendering, usual: unknown) => unknown;
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
 * What a real server says of our files: no error and no warning, for every example, every field and every combination of the larger choices,
 * and no hostile text that the schema lets through changes what it reads. Issues that name what the server cannot do are not asked here.
 */
export function describeSyntax({ driver, versions, users, understood, meant }: SyntaxQuestions): void {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), `gatehouse-${driver.kind}-syntax-`));
    await mkdir(`${directory}/files`);
    const pair = {
      certificatePath: `${directory}/files/c.crt`,
      keyPath: `${directory}/files/c.key`,
      hostnames: ['x'],
    };
    await makeCertificates({ certificates: [pair] } as never, (path) => path);
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

  test('hostile text that the schema lets through changes nothing in what the server reads', async () => {
    const documents = fullSites.map(localised) as SiteInput[];
    const cases = documents.flatMap((document) =>
      stringFields(document)
        // Files and addresses that are not there are refused for good reason, and header names are names.
        .filter((path) => !namesSomethingReal(path))
        .map((path) => ({ document, path })),
    );
    const hostile = fc
      .constantFrom(...cases)
      .chain(({ document, path }) =>
        spoiled(String(valueAt(document, path))).map((text) => ({ document, path, text })),
      );
    const target = await targetOf(driver);
    // The schema refuses most of them; this many that it lets through are shown to the server.
    const wanted = Number(process.env.HOSTILE_SERVER_RUNS ?? 60);
    let read = 0;
    for (const { document, path, text } of fc.sample(hostile, { numRuns: wanted * 100, seed: 20_261_121 })) {
      if (read === wanted) break;
      const rendering = renderedFrom(withValue(document, path, text), target);
      if (rendering === null) continue;
      // A plain value of the same make; where the schema refuses that one, the document's own.
      const plain = renderedFrom(
        withValue(document, path, text.replaceAll(/[^A-Za-z0-9_./:-]/g, 'x')),
        target,
      );
      const usual = plain ?? renderedFrom(document, target);
      if (usual === null || hasCharacters(rendering.issues)) continue;
      const place = await mkdtemp(join(directory, 'hostile-'));
      const own = await understood(rendering, `${place}/a`);
      const other = await understood(usual, `${place}/b`);
      expect(own, `${path.join('.')}: ${JSON.stringify(text)}`).toEqual(meant(rendering, other));
      await rm(place, { recursive: true });
      read++;
    }
    expect(read).toBe(wanted);
  });
}

function renderedFrom(document: SiteInput, target: RenderTarget): Rendering | null {
  const parsed = parseSite(document);
  return parsed.ok ? renderTarget([parsed.value], target) : null;
}

const hasCharacters = (issues: readonly Issue[]): boolean =>
  issues.some(({ code }) => code.endsWith('.characters'));

function namesSomethingReal(path: readonly (string | number)[]): boolean {
  const last = path.at(-1);
  return (
    [
      'certificate',
      'key',
      'caFile',
      'usersFile',
      'directory',
      'acmeDirectory',
      'address',
      'name',
      'preset',
    ].includes(String(last)) || path.includes('copyHeaders')
  );
}
