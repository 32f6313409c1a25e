import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '#api/client';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { softAuthenticator } from '#server/testing/soft-authenticator';
import {
  addMember,
  browserOf,
  codeOf,
  origin,
  startTestServer,
  strangerOf,
  type TestServer,
} from '#server/testing/test-server';

let server: TestServer;
let nobody: Client;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  nobody = strangerOf(server);
});
afterAll(() => server.stop());

async function withPasskey() {
  count += 1;
  const { user } = await addMember('ours', 'viewer', `key${count}@example.com`);
  const browser = await browserOf(server, user.id);
  const device = softAuthenticator();
  const { ticket, options } = await browser.call(contract.passkeys.prepare, {});
  const credential = device.create({ challenge: options.challenge, origin });
  const made = await browser.call(contract.passkeys.create, { body: { ticket, name: 'laptop', credential } });
  return { user, browser, device, made };
}
type Device = ReturnType<typeof softAuthenticator>;

async function signIn(
  device: Device,
  over: { origin?: string; verified?: boolean; challenge?: string } = {},
) {
  const { ticket, options } = await nobody.call(contract.passkeys.challenge, {});
  const credential = device.get({ challenge: options.challenge, origin, ...over });
  return nobody.call(contract.passkeys.signIn, { body: { ticket, credential } });
}

test('a passkey signs its owner in, as both factors, and says when it was used', async () => {
  const { user, browser, device } = await withPasskey();
  await write((tx) =>
    tx.secondFactor.create({
      data: { userId: user.id, keyId: 'k', ciphertext: new Uint8Array(1), confirmedAt: new Date() },
    }),
  );
  expect(await signIn(device)).toMatchObject({ user: { id: user.id } });
  const { items } = await browser.call(contract.passkeys.list, {});
  expect(items).toMatchObject([{ name: 'laptop', lastUsedAt: expect.any(String) }]);
});

test('an answer counts once, for its own challenge, this origin, and a device that asked who holds it', async () => {
  const { device } = await withPasskey();
  const { ticket, options } = await nobody.call(contract.passkeys.challenge, {});
  const body = { ticket, credential: device.get({ challenge: options.challenge, origin }) };
  expect(await codeOf(nobody.call(contract.passkeys.signIn, { body }))).toBe('done');
  expect(await codeOf(nobody.call(contract.passkeys.signIn, { body }))).toBe('unauthenticated');
  expect(await codeOf(signIn(device, { challenge: 'AAAA' }))).toBe('unauthenticated');
  expect(await codeOf(signIn(device, { origin: 'https://evil.example' }))).toBe('unauthenticated');
  expect(await codeOf(signIn(device, { verified: false }))).toBe('unauthenticated');
  device.rewind();
  expect(await codeOf(signIn(device))).toBe('unauthenticated');
  expect(await codeOf(signIn(softAuthenticator()))).toBe('unauthenticated');
});

test('a removed passkey and a disabled owner’s sign nobody in', async () => {
  const { browser, device, made } = await withPasskey();
  await browser.call(contract.passkeys.remove, { params: { id: made.id } });
  expect(await codeOf(signIn(device))).toBe('unauthenticated');
  const other = await withPasskey();
  await write((tx) => tx.user.update({ where: { id: other.user.id }, data: { disabledAt: new Date() } }));
  expect(await codeOf(signIn(other.device))).toBe('unauthenticated');
});

test('what was prepared for one person makes no passkey for another, and somebody else’s is not found', async () => {
  const { browser, made } = await withPasskey();
  const thief = await withPasskey();
  const { ticket, options } = await browser.call(contract.passkeys.prepare, {});
  const credential = softAuthenticator().create({ challenge: options.challenge, origin });
  const body = { ticket, name: 'stolen', credential };
  expect(await codeOf(thief.browser.call(contract.passkeys.create, { body }))).toBe('bad-request');
  const params = { id: made.id };
  expect(await codeOf(thief.browser.call(contract.passkeys.remove, { params }))).toBe('not-found');
  const rename = { params, body: { name: 'mine' } };
  expect(await codeOf(thief.browser.call(contract.passkeys.rename, rename))).toBe('not-found');
  expect(await codeOf(browser.call(contract.passkeys.rename, rename))).toBe('done');
  expect(await db().passkey.findUnique({ where: { id: made.id } })).toMatchObject({ name: 'mine' });
});
