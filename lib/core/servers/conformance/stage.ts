import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issue } from '../../issue';
import { parseSite } from '../../rules/parse-site';
import type { Site, SiteInput } from '../../site/schema';
import type { RenderTarget } from '../../web-server/render-target';
import { renderTarget } from '../render';
import type { Rendering } from '../types';
import type { RunningServer, ServerDriver } from './driver';
import { type EchoUpstream, type Seen, startEchoUpstream } from './echo-upstream';
import { freePorts } from './free-ports';
import { type Address, type RawRequest, request } from './raw-client';

/** What a scenario writes its documents with. */
export interface Places {
  readonly http: number;
  readonly https: number;
  /** Port of the application. */
  readonly app: number;
  /** Port of a second application. */
  readonly other: number;
  /** Directory for files that documents name. */
  readonly directory: string;
}

/** A real server in front of real (raw) applications. */
export interface Stage extends Places {
  readonly server: RunningServer;
  readonly upstream: EchoUpstream;
  readonly second: EchoUpstream;
  readonly rendering: Rendering;
  /** Address of the https (or with `plain` the http) listener. */
  readonly secure: (name: string) => Address;
  readonly plain: Address;
  /** Sends a request and returns what the application saw of it; throws with the status when nothing reached it. */
  readonly seenBy: (address: Address, raw: RawRequest) => Promise<Seen>;
}

/** A site with self-signed TLS in front of the scenario's application. */
export function siteInput(
  places: Places,
  overrides: Partial<SiteInput> & Pick<SiteInput, 'preset'>,
): SiteInput {
  return {
    schemaVersion: 1,
    name: 'ci',
    hostnames: ['ci.example.com'],
    tls: { mode: 'self-signed' },
    httpPort: places.http,
    httpsPort: places.https,
    upstreams: [{ servers: [{ address: '127.0.0.1', port: places.app }] }],
    ...overrides,
  };
}

export async function targetOf(driver: ServerDriver): Promise<RenderTarget> {
  return {
    server: driver.kind,
    version: await driver.version(),
    openssl: await driver.openssl(),
    layout: 'debian',
    modules: null,
  };
}

/** Parses documents that must be valid. */
export function parseAll(documents: readonly SiteInput[]): Site[] {
  return documents.map((document) => {
    const parsed = parseSite(document);
    if (!parsed.ok)
      throw new Error(`the document ${document.name} is not valid: ${JSON.stringify(parsed.error)}`);
    return parsed.value;
  });
}

/** Thrown when a server honestly says that it cannot do what a document asks for. */
export class CannotRender extends Error {
  constructor(readonly issues: readonly Issue[]) {
    super(issues.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  }
}

/** Runs a scenario: renders the documents for the installed server, starts it, and cleans everything up afterwards. */
export async function onStage(
  driver: ServerDriver,
  documents: (places: Places) => readonly SiteInput[] | Promise<readonly SiteInput[]>,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-conformance-'));
  const [upstream, second] = await Promise.all([startEchoUpstream('main'), startEchoUpstream('second')]);
  const [http = 0, https = 0] = await freePorts(2);
  const places: Places = { http, https, app: upstream.port, other: second.port, directory };
  let server: RunningServer | undefined;
  try {
    const rendering = renderTarget(parseAll(await documents(places)), await targetOf(driver));
    const errors = rendering.issues.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new CannotRender(errors);
    server = await driver.start(rendering, directory);
    await play({
      ...places,
      server,
      upstream,
      second,
      rendering,
      secure: (tlsName) => ({ port: https, tlsName }),
      plain: { port: http },
      seenBy: (address, raw) => seenBy(address, raw),
    });
  } finally {
    await server?.stop();
    await Promise.all([upstream.stop(), second.stop()]);
    await rm(directory, { recursive: true, force: true });
  }
}

/** As `onStage`; a server named in `cannot` must refuse the documents with that issue instead. */
export async function onStageOr(
  driver: ServerDriver,
  cannot: Partial<Readonly<Record<ServerDriver['kind'], string>>>,
  documents: (places: Places) => readonly SiteInput[] | Promise<readonly SiteInput[]>,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const code = cannot[driver.kind];
  if (code === undefined) return onStage(driver, documents, play);
  const outcome: unknown = await onStage(driver, documents, play).catch((problem: unknown) => problem);
  if (!(outcome instanceof CannotRender) || outcome.issues.some((issue) => issue.code !== code)) {
    throw new Error(`${driver.kind} must refuse this with ${code}, and nothing else: ${String(outcome)}`);
  }
}

async function seenBy(address: Address, raw: RawRequest): Promise<Seen & { upstream: string }> {
  const reply = await request(address, raw);
  if (reply.status !== 200)
    throw new Error(`${raw.target}: status ${reply.status} ${reply.body.slice(0, 300)}`);
  return JSON.parse(reply.body);
}
