import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderTarget } from '../../render';
import type { RunningServer, ServerDriver } from '../driver';
import { type EchoUpstream, startEchoUpstream } from '../echo-upstream';
import { freePorts } from '../free-ports';
import { type Http2Upstream, startHttp2Upstream } from '../http2-peers';
import { parseAll, targetOf } from '../stage';
import { demandsOf } from './demands';
import { matrixTable } from './matrix-table';
import { type CellPlaces, type PresetCell, presetCells } from './preset-cell';

/** What a web server cannot do at all, by the issue that must say so. Everything else has to work on all three. */
const cannot: Readonly<Record<ServerDriver['kind'], Readonly<Partial<Record<'grpc', string>>>>> = {
  nginx: {},
  apache: { grpc: 'apache.grpc' },
  caddy: {},
};

// bcrypt of "secret": nginx and Apache read the other form.
const bcrypt = '$2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.';
const noPlaces: CellPlaces = {
  http: 80,
  https: 443,
  app: 8080,
  http2: 8081,
  certificate: '/etc/tls/a.crt',
  key: '/etc/tls/a.key',
  usersFile: '/etc/users',
};

/**
 * Every preset in every prefix mode behind the real web server, all of them in one configuration, as on a team's host. Each cell asks for what
 * its CI server demands. Call it inside a `describe` of a `*.servers.test.ts` file.
 */
export function describePresets(driver: ServerDriver): void {
  let directory: string;
  let app: EchoUpstream;
  let http2: Http2Upstream;
  let server: RunningServer | undefined;
  let cells: PresetCell[] = [];
  let places: CellPlaces;
  const outcomes = new Map<string, string>();

  const render = async (...sites: PresetCell['site'][]) =>
    renderTarget(parseAll(sites), await targetOf(driver));
  const issuesOf = async ({ site, signedIn }: PresetCell) =>
    (await render(site, signedIn)).issues.filter(({ severity }) => severity === 'error');

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'gatehouse-presets-'));
    [app, http2] = await Promise.all([startEchoUpstream(), startHttp2Upstream()]);
    const [http = 0, https = 0] = await freePorts(2);
    places = {
      http,
      https,
      app: app.port,
      http2: http2.port,
      certificate: `${directory}/all.crt`,
      key: `${directory}/all.key`,
      usersFile: `${directory}/users`,
    };
    const hash = execFileSync('openssl', ['passwd', '-apr1', 'secret'], { encoding: 'utf8' }).trim();
    await writeFile(places.usersFile, driver.kind === 'caddy' ? `alice ${bcrypt}\n` : `alice:${hash}\n`);
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
        .concat(['-subj', '/CN=gatehouse test', '-addext', 'subjectAltName=DNS:*.example.com'])
        .concat(['-keyout', places.key, '-out', places.certificate]),
      { stdio: 'ignore' },
    );
    cells = presetCells(places);
    const able: PresetCell[] = [];
    for (const cell of cells) if ((await issuesOf(cell)).length === 0) able.push(cell);
    const rendering = await render(...able.flatMap(({ site, signedIn }) => [site, signedIn]));
    expect(rendering.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await driver.test(rendering, directory)).toMatchObject({ ok: true, findings: [] });
    server = await driver.start(rendering, directory);
  });
  afterAll(async () => {
    await server?.stop();
    await Promise.all([app?.stop(), http2?.stop()]);
    await rm(directory, { recursive: true, force: true });
    console.info(matrixTable(driver.kind, cells, outcomes));
  });

  describe.each(
    presetCells(noPlaces).map(({ site, preset, mode }) => [preset.title, mode, site.name] as const),
  )('%s, %s', (_title, _mode, name) => {
    const cell = () => {
      const found = cells.find(({ site }) => site.name === name);
      if (!found || !server) throw new Error('the server does not run');
      return found;
    };

    test('gets what it demands, or a finding that says what this web server cannot do', async () => {
      outcomes.set(name, 'FAILED');
      const issues = await issuesOf(cell());
      if (issues.length > 0) {
        expect([...new Set(issues.map(({ code }) => code))]).toEqual(expectedIssues(driver, cell()));
        outcomes.set(name, issues[0]?.code ?? '');
        return;
      }
      expect(expectedIssues(driver, cell())).toEqual([]);
      for (const { what, ask } of demandsOf(cell(), {
        places,
        app,
        http2,
        server: server as RunningServer,
      })) {
        await ask().catch((problem: unknown) => {
          throw new Error(`${what}: ${problem instanceof Error ? problem.message : problem}`, {
            cause: problem,
          });
        });
      }
      outcomes.set(name, 'pass');
    });
  });
}

function expectedIssues(driver: ServerDriver, { site }: PresetCell): string[] {
  const classes = [...(site.locations ?? []), ...(site.extraHosts ?? [])].map((part) => part.class);
  const code = cannot[driver.kind].grpc;
  return code !== undefined && classes.includes('grpc') ? [code] : [];
}
