import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Issue } from '../../../issue';
import { renderTarget } from '../../render';
import type { RunningServer, ServerDriver } from '../driver';
import { type EchoUpstream, startEchoUpstream } from '../echo-upstream';
import { freePorts } from '../free-ports';
import { type Http2Upstream, startHttp2Upstream } from '../http2-peers';
import { parseAll, targetOf } from '../stage';
import { type CellMode, type CellPlaces, type PresetCell, presetCells } from './preset-cell';

// bcrypt of "secret", for Caddy; nginx and Apache read the other form.
const bcrypt = '$2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.';

/** A real web server with all cells of one mode that it can run, in front of raw applications. */
export interface PresetStage {
  readonly places: CellPlaces;
  readonly app: EchoUpstream;
  readonly http2: Http2Upstream;
  readonly server: RunningServer;
  readonly cell: (name: string) => PresetCell;
  /** Why the server cannot run a cell; empty when it can. */
  readonly errors: (cell: PresetCell) => Promise<readonly Issue[]>;
  stop(): Promise<void>;
}

export async function startPresetStage(driver: ServerDriver, mode: CellMode): Promise<PresetStage> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-presets-'));
  const [app, http2] = await Promise.all([startEchoUpstream(), startHttp2Upstream()]);
  let server: RunningServer | undefined;
  const stop = async () => {
    await server?.stop();
    await Promise.all([app.stop(), http2.stop()]);
    await rm(directory, { recursive: true, force: true });
  };
  const target = await targetOf(driver);
  const errors = async ({ site, signedIn }: PresetCell) =>
    renderTarget(parseAll([site, signedIn]), target).issues.filter(({ severity }) => severity === 'error');
  try {
    const [http = 0, https = 0] = await freePorts(2);
    const places: CellPlaces = {
      http,
      https,
      app: app.port,
      http2: http2.port,
      certificate: `${directory}/all.crt`,
      key: `${directory}/all.key`,
      usersFile: `${directory}/users`,
      // Caddy writes no access log unless told.
      access: driver.kind === 'caddy' ? 'json' : 'default',
    };
    await writeFile(
      places.usersFile,
      driver.kind === 'caddy' ? `alice ${bcrypt}\n` : `alice:${apacheHash()}\n`,
    );
    makeCertificate(places);
    const cells = presetCells(mode, places);
    const able: PresetCell[] = [];
    for (const cell of cells) {
      // A document that is not valid fails in its own cell.
      const found = await errors(cell).catch(() => null);
      if (found?.length === 0) able.push(cell);
    }
    const rendering = renderTarget(parseAll(able.flatMap(({ site, signedIn }) => [site, signedIn])), target);
    expect(rendering.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await driver.test(rendering, directory)).toMatchObject({ ok: true, findings: [] });
    server = await driver.start(rendering, directory);
    const cell = (name: string) => {
      const found = cells.find(({ site }) => site.name === name);
      if (!found) throw new Error(`there is no cell ${name}`);
      return found;
    };
    return { places, app, http2, server, cell, errors, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

const apacheHash = () => execFileSync('openssl', ['passwd', '-apr1', 'secret'], { encoding: 'utf8' }).trim();

function makeCertificate({ certificate, key }: CellPlaces): void {
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=gatehouse test', '-addext', 'subjectAltName=DNS:*.example.com'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
}
