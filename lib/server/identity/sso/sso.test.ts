import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { Env } from '#server/platform/env';
import { type Account, oidcClient, startOidcProvider } from '#server/testing/start-oidc-provider';
import {
  addMember,
  browserHeaders,
  browserOf,
  codeOf,
  cookieOf,
  origin,
  startTestServer,
  strangerOf,
  type TestServer,
} from '#server/testing/test-server';

let server: TestServer;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
const dir = mkdtempSync(join(tmpdir(), 'gatehouse-oidc-'));

beforeAll(async () => {
  provider = await startOidcProvider(`${origin}/sign-in/back`);
  const secretFile = join(dir, 'client-secret');
  writeFileSync(secretFile, `${oidcClient.secret}\n`);
  chmodSync(secretFile, 0o600);
  server = await startTestServer({
    GATEHOUSE_PUBLIC_URL: origin,
    GATEHOUSE_OIDC_ISSUER: provider.issuer,
    GATEHOUSE_OIDC_CLIENT_ID: oidcClient.id,
    GATEHOUSE_OIDC_CLIENT_SECRET_FILE: secretFile,
    GATEHOUSE_OIDC_NAME: 'Example ID',
    GATEHOUSE_OIDC_DOMAINS: 'welcome.example',
    GATEHOUSE_SIGN_IN_HEADER: 'X-Forwarded-Email',
    GATEHOUSE_TRUSTED_PROXIES: '127.0.0.1',
  });
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
  rmSync(dir, { recursive: true });
});

const nobody = (more: Record<string, string> = {}) => strangerOf(server, more);
const account = (email: string, over: Partial<Account> = {}): Account => ({
  sub: `sub of ${email}`,
  email,
  email_verified: true,
  name: 'Ada Winter',
  ...over,
});
const begin = () => nobody().call(contract.sso.begin, {});
const finish = (ticket: string, answer: string) =>
  nobody().call(contract.sso.finish, { body: { ticket, answer } });
async function signIn(who: Account) {
  const { url, ticket } = await begin();
  return finish(ticket, await provider.visit(url, who));
}

test('the sign-in page is told what there is', async () => {
  expect(await nobody().call(contract.sso.methods, {})).toEqual({ provider: 'Example ID', proxy: true });
});

test('an account is linked by its verified address, and stays linked whatever the address becomes', async () => {
  const { user } = await addMember('ours', 'editor', 'ada@example.com');
  expect(await signIn(account('Ada@Example.com', { sub: 'ada' }))).toMatchObject({
    user: { id: user.id },
    teams: [{ slug: 'ours', role: 'editor' }],
  });
  expect(await db().account.findFirst({ where: { userId: user.id } })).toMatchObject({
    issuer: provider.issuer,
    accountId: 'ada',
  });
  expect(await signIn(account('renamed@example.com', { sub: 'ada', email_verified: false }))).toMatchObject({
    user: { id: user.id },
  });
});

test('class "account takeover by e-mail": an address that the provider has not verified opens no account', async () => {
  const { user } = await addMember('ours', 'admin', 'victim@example.com');
  const thief = account('victim@example.com', { sub: 'thief', email_verified: false });
  expect(await codeOf(signIn(thief))).toBe('forbidden');
  expect(await db().account.count({ where: { userId: user.id } })).toBe(0);
});

test('class "account takeover by e-mail": a second account at the provider with the same address is nobody’s here', async () => {
  const { user } = await addMember('ours', 'admin', 'boss@example.com');
  await signIn(account('boss@example.com', { sub: 'the boss' }));
  // The provider gave the address to somebody else.
  expect(await codeOf(signIn(account('boss@example.com', { sub: 'the successor' })))).toBe('forbidden');
  expect(await db().account.findMany({ where: { userId: user.id } })).toMatchObject([
    { accountId: 'the boss' },
  ]);
  expect(await signIn(account('elsewhere@example.com', { sub: 'the boss' }))).toMatchObject({
    user: { id: user.id },
  });
  const record = await db().activity.findMany({ where: { event: 'identity.linked', subjectId: user.id } });
  expect(record).toMatchObject([{ detail: { issuer: provider.issuer, subject: 'the boss' } }]);
});

test('strangers stay out; who was invited comes in as a member, and who is of an allowed domain without a team', async () => {
  expect(await codeOf(signIn(account('stranger@example.com')))).toBe('forbidden');
  expect(await codeOf(signIn(account('a@sub.welcome.example')))).toBe('forbidden');
  expect(await db().user.count({ where: { email: 'stranger@example.com' } })).toBe(0);
  expect(await signIn(account('new@welcome.example'))).toMatchObject({ teams: [] });
  const admin = await browserOf(server, (await addMember('ours', 'admin', 'admin@example.com')).user.id);
  const invite = {
    params: { team: 'ours' },
    body: { email: 'grace@example.com', role: 'operator' },
  } as const;
  await admin.call(contract.invitations.create, invite);
  expect(await signIn(account('grace@example.com'))).toMatchObject({
    teams: [{ slug: 'ours', role: 'operator' }],
  });
  expect(
    await db().activity.count({ where: { event: 'member.joined', actorLabel: 'grace@example.com' } }),
  ).toBe(1);
});

test('class "login CSRF": an answer counts once, and only with the ticket of the tab that began', async () => {
  await addMember('ours', 'viewer', 'csrf@example.com');
  const who = account('csrf@example.com');
  const [mine, theirs] = [await begin(), await begin()];
  const answer = await provider.visit(theirs.url, who);
  expect(await codeOf(finish(mine.ticket, answer))).toBe('unauthenticated');
  expect(await codeOf(finish(theirs.ticket, answer))).toBe('done');
  expect(await codeOf(finish(theirs.ticket, answer))).toBe('unauthenticated');
  const again = await begin();
  const forged = new URLSearchParams(await provider.visit(again.url, who));
  forged.set('state', 'another');
  expect(await codeOf(finish(again.ticket, forged.toString()))).toBe('unauthenticated');
});

test('a second factor is asked for after the provider, too; a disabled person stays out', async () => {
  const { user } = await addMember('ours', 'viewer', 'two@example.com');
  await write((tx) =>
    tx.secondFactor.create({
      data: { userId: user.id, keyId: 'k', ciphertext: new Uint8Array(1), confirmedAt: new Date() },
    }),
  );
  const before = await db().session.count();
  expect(await signIn(account('two@example.com'))).toEqual({ secondFactor: { ticket: expect.any(String) } });
  expect(await db().session.count()).toBe(before);
  expect(await db().account.count({ where: { userId: user.id } }), 'linked after both factors only').toBe(0);
  await write((tx) => tx.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } }));
  expect(await codeOf(signIn(account('two@example.com')))).toBe('forbidden');
});

test('the proxy’s word signs in who has an account, and ends another person’s session', async () => {
  const { user } = await addMember('ours', 'viewer', 'proxied@example.com');
  const byProxy = (email?: string) =>
    nobody(email ? { 'x-gatehouse-person': email } : {}).call(contract.sso.byProxy, {});
  expect(await byProxy('Proxied@Example.com')).toMatchObject({ user: { id: user.id } });
  expect(await codeOf(byProxy())).toBe('unauthenticated');
  expect(await codeOf(byProxy('stranger@example.com'))).toBe('forbidden');
  // What the client itself writes into the proxy's header is nothing here: the outermost layer takes it off.
  const forged = nobody({ 'x-forwarded-email': 'proxied@example.com' });
  expect(await codeOf(forged.call(contract.sso.byProxy, {}))).toBe('unauthenticated');
  const { cookie } = await cookieOf(user.id);
  const status = async (email: string) => {
    const headers = { ...browserHeaders(cookie), 'x-gatehouse-person': email };
    return (await server.fetch('/api/v1/session', { headers })).status;
  };
  expect(await status('proxied@example.com')).toBe(200);
  expect(await status('somebody-else@example.com')).toBe(401);
});

test('settings that would let anybody in, or lead nowhere, are refused at the start', () => {
  const wrong = (env: Record<string, string>) =>
    Env.safeParse(env).error?.issues.map(({ path }) => path.join('.')) ?? [];
  expect(wrong({ GATEHOUSE_SIGN_IN_HEADER: 'X-Forwarded-Email' })).toEqual(['GATEHOUSE_SIGN_IN_HEADER']);
  expect(wrong({ GATEHOUSE_SIGN_IN_HEADER: 'X Y', GATEHOUSE_TRUSTED_PROXIES: '127.0.0.1' })).toHaveLength(1);
  expect(wrong({ GATEHOUSE_OIDC_ISSUER: 'http://id.example.com' })).toEqual(['GATEHOUSE_OIDC_ISSUER']);
  expect(wrong({ GATEHOUSE_OIDC_ISSUER: 'https://id.example.com' }).sort()).toEqual([
    'GATEHOUSE_OIDC_CLIENT_ID',
    'GATEHOUSE_PUBLIC_URL',
  ]);
});
