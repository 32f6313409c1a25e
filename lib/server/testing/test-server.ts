import 'server-only';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashPassword } from 'better-auth/crypto';
import { createClient, ProblemError } from '#api/client';
import type { Operation } from '#api/operation';
import type { Problem } from '#api/problem';
import type { Role } from '#core/access/roles';
import type { Scopes } from '#core/access/scopes';
import type { RouteHandler } from '../door/route';
import { setPassword } from '../identity/people/set-password';
import { startSession } from '../identity/sessions/start-session';
import { insertToken } from '../identity/tokens/insert-token';
import { closeDb } from '../platform/database/db';
import { write } from '../platform/database/write';
import { forgetSingletons } from '../platform/singleton';
import { baseDatabase } from './base-database';

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const origin = 'http://gatehouse.test:3000';

/** File of an operation's route, by Next's convention. */
export const routeFile = (path: string) => join(root, 'app', path.replace(/\{(\w+)\}/g, '[$1]'), 'route.ts');

/** Finds the route file that a URL leads to and calls its handler with a real `Request`, as the framework would. */
async function serve(operations: readonly Operation[], url: string, init: RequestInit): Promise<Response> {
  const { pathname } = new URL(url);
  for (const { path } of operations) {
    const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const match = pattern.exec(pathname);
    if (!match) continue;
    const module = (await import(routeFile(path))) as Record<string, RouteHandler>;
    const handler = module[init.method ?? 'GET'];
    if (!handler) return new Response(null, { status: 405 });
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return handler(new Request(url, init), { params: Promise.resolve(params) });
  }
  // What serves no operation, such as the description of the interface.
  if (existsSync(routeFile(pathname))) {
    const module = (await import(routeFile(pathname))) as Record<string, () => Response>;
    return module[init.method ?? 'GET']?.() ?? new Response(null, { status: 405 });
  }
  return new Response(null, { status: 404 });
}

export interface TestServer {
  readonly dataDir: string;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** The server's own code on a database of its own: no process, no port, but real requests through the real routes. */
export async function startTestServer(
  environment: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const { operations } = await import('#api/contract/index');
  const base = await baseDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-server-test-'));
  chmodSync(dataDir, 0o700);
  copyFileSync(base, join(dataDir, 'gatehouse.db'));
  forgetSingletons();
  Object.assign(process.env, { GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment });
  return {
    dataDir,
    fetch: (url, init = {}) => serve(operations, url.startsWith('/') ? origin + url : url, init),
    stop: async () => {
      await closeDb();
      forgetSingletons();
      for (const name of Object.keys(environment)) delete process.env[name];
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Headers that a browser sends along with a request of the dashboard's own page. */
export const browserHeaders = (cookie?: string): Record<string, string> => ({
  host: new URL(origin).host,
  origin,
  'sec-fetch-site': 'same-origin',
  ...(cookie ? { cookie } : {}),
});

/** A person with a role in a team (made when missing), and an API token of theirs. */
export function addMember(slug: string, role: Role, email = `${role}@${slug}.test`, scopes: Scopes = null) {
  return write(async (tx) => {
    const team = await tx.team.upsert({ where: { slug }, create: { slug, name: slug }, update: {} });
    const user = await tx.user.upsert({ where: { email }, create: { email, name: role }, update: {} });
    await tx.member.create({ data: { teamId: team.id, userId: user.id, role } });
    const { row, token } = await insertToken(tx, {
      teamId: team.id,
      userId: user.id,
      name: 'test',
      scopes,
      expiresAt: null,
    });
    return { team, user, token, tokenId: row.id };
  });
}

/** The typed client, speaking to a test server with an API token. */
export const clientOf = (server: TestServer, token: string) =>
  createClient({ baseUrl: origin, fetch: (url, init) => server.fetch(url, init), token });

/** A browser's cookie for a person who has just signed in. */
export async function cookieOf(userId: string): Promise<{ cookie: string; sessionId: string }> {
  const answer = new Headers();
  const sessionId = await startSession({ address: 'test', userAgent: 'test', answer }, userId);
  return { cookie: answer.getSetCookie()[0]?.split(';')[0] ?? '', sessionId };
}

/** The typed client as a browser uses it, for a person who has just signed in. */
export async function browserOf(
  server: TestServer,
  userId: string,
  more: Readonly<Record<string, string>> = {},
) {
  const { cookie } = await cookieOf(userId);
  const fetch = (url: string, init: RequestInit) =>
    server.fetch(url, {
      ...init,
      headers: { ...browserHeaders(cookie), ...more, ...(init.headers as Record<string, string>) },
    });
  return createClient({ baseUrl: origin, fetch });
}

let strangers = 0;
/** A browser that nobody is signed in with. Each of its calls comes from an address of its own, so that none counts against another. */
export function strangerOf(server: TestServer, more: Readonly<Record<string, string>> = {}) {
  const fetch = (url: string, init: RequestInit) => {
    strangers += 1;
    const headers = { ...browserHeaders(), 'x-gatehouse-address': `from ${strangers}`, ...more };
    return server.fetch(url, { ...init, headers: { ...headers, ...(init.headers as object) } });
  };
  return createClient({ baseUrl: origin, fetch });
}

/** Lets somebody sign in with a password. */
export async function givePassword(userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await write((tx) => setPassword(tx, userId, hash));
}

/** What a call was refused with. */
export const problemOf = (call: Promise<unknown>): Promise<Problem> =>
  call.then(
    () => Promise.reject(new Error('it should have been refused')),
    (error: unknown) => (error instanceof ProblemError ? error.problem : Promise.reject(error)),
  );

/** The code with which a call was refused, or `done`. */
export const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  );
