import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { BodyInputOf } from '#api/operation';
import { certify, createSshKey } from '#lab/index';
import { needsOpenSsh } from '#server/hosts/ssh/openssh-needed';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { openSecret } from '#server/platform/secrets/open-secret';
import {
  addMember,
  clientOf,
  problemOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';
import { sshTargetOf } from './ssh-target-of';

type Input = BodyInputOf<typeof contract.hosts.create>;
const params = { team: 'ours' };
const fingerprint = (letter: string) => `SHA256:${letter.repeat(43)}`;
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let keyDir: string;

beforeAll(async () => {
  server = await startTestServer();
  ada = clientOf(server, (await addMember('ours', 'admin')).token);
  keyDir = mkdtempSync(join(tmpdir(), 'gatehouse-ssh-key-test-'));
  const args = ['-q', '-t', 'ed25519', '-C', "it's mine", '-N', 'open sesame', '-f', join(keyDir, 'key')];
  execFileSync('ssh-keygen', args);
});
afterAll(async () => {
  rmSync(keyDir, { recursive: true, force: true });
  await server.stop();
});

const create = (over: Partial<Extract<Input, { transport: 'ssh' }>> = {}) =>
  ada.call(contract.hosts.create, {
    params,
    body: {
      transport: 'ssh',
      name: 'web-1',
      address: '192.0.2.1',
      key: { source: 'generate' },
      ...over,
    } as Input,
  });
const remove = (id: string) => ada.call(contract.hosts.remove, { params: { ...params, id } });

test('a new host gets a key pair whose private half is encrypted, and nothing is trusted', async () => {
  const host = await create();
  expect(host.publicKey).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]+ gatehouse-web-1$/);
  expect(host).toMatchObject({ status: 'new', pinnedKey: null, seenKey: null, targets: [], checks: [] });
  const row = await db().host.findUniqueOrThrow({ where: { id: host.id }, include: { secret: true } });
  if (!row.secret) expect.fail('there must be a secret');
  expect(Buffer.from(row.secret.ciphertext).toString('latin1')).not.toContain('PRIVATE KEY');
  expect(JSON.parse(openSecret(row.secret)).privateKey).toContain('BEGIN OPENSSH PRIVATE KEY');
  await remove(host.id);
});

test('an uploaded key is opened with its passphrase before it is kept; errors are shown at their field', async () => {
  const privateKey = readFileSync(join(keyDir, 'key'), 'utf8');
  const withKey = (key: Extract<Input, { transport: 'ssh' }>['key']) => create({ name: 'uploaded', key });
  const field = async (key: Extract<Input, { transport: 'ssh' }>['key']) =>
    (await problemOf(withKey(key))).issues.map(({ path }) => path.join('.'));
  expect(await field({ source: 'upload', privateKey })).toEqual(['key.passphrase']);
  expect(await field({ source: 'upload', privateKey, passphrase: 'wrong' })).toEqual(['key.passphrase']);
  expect(await field({ source: 'upload', privateKey: 'nonsense' })).toEqual(['key.privateKey']);
  const host = await withKey({ source: 'upload', privateKey, passphrase: 'open sesame' });
  expect(host.publicKey).toContain(readFileSync(join(keyDir, 'key.pub'), 'utf8').split(' ')[1]);
  await remove(host.id);
});

test('a certificate is kept only with its own key, says whom it is for, and gives way to a newer one of that key', async () => {
  const [authority, key, other] = [await createSshKey(), await createSshKey(), await createSshKey()];
  const { privateKey } = key;
  const make = (publicKey: string, validity: string) =>
    certify(authority, publicKey, { principals: ['deploy'], validity });
  const withCertificate = (certificate: string, access: 'direct' | 'enrolled' = 'direct') =>
    create({ name: 'certified', access, key: { source: 'upload', privateKey, certificate } });
  const field = async (call: Promise<unknown>) =>
    (await problemOf(call)).issues.map(({ path, code }) => [path.join('.'), code]);
  const first = await make(key.publicKey, '-1h:+1h');
  expect(await field(withCertificate(await make(other.publicKey, '-1h:+1h')))).toEqual([
    ['key.certificate', 'certificate.other-key'],
  ]);
  expect(await field(withCertificate(await make(key.publicKey, '-2h:-1h')))).toEqual([
    ['key.certificate', 'certificate.expired'],
  ]);
  expect(await field(withCertificate(first, 'enrolled'))).toEqual([
    ['key.certificate', 'host.enrolled-needs-key'],
  ]);
  const host = await withCertificate(`${first}\n`);
  expect(host).toMatchObject({ login: 'certificate', publicKey: null });
  expect(host.certificate).toMatchObject({ keyId: 'lab', principals: ['deploy'] });
  const replace = (certificate: string) =>
    ada.call(contract.hosts.update, { params: { ...params, id: host.id }, body: { certificate } });
  expect(await field(replace(await make(other.publicKey, '-1h:+1d')))).toEqual([
    ['certificate', 'certificate.other-key'],
  ]);
  const next = await replace(await make(key.publicKey, '-1h:+1d'));
  expect(Date.parse(next.certificate?.validUntil ?? '')).toBeGreaterThan(
    Date.parse(host.certificate?.validUntil ?? ''),
  );
  const row = await db().host.findUniqueOrThrow({ where: { id: host.id }, include: { secret: true } });
  const target = await sshTargetOf(row);
  expect(needsOpenSsh(target)).toBe(true);
  expect(target.certificate).toMatch(/^ssh-ed25519-cert-v01@openssh.com /);
  await remove(host.id);
  const plain = await create({ name: 'plain' });
  expect(
    await field(
      ada.call(contract.hosts.update, { params: { ...params, id: plain.id }, body: { certificate: first } }),
    ),
  ).toEqual([['certificate', 'host.no-certificate']]);
  await remove(plain.id);
});

test('two hosts of a team need two names; a forgotten host gives its name back and its key is destroyed', async () => {
  const { id } = await create({ name: 'twice' });
  expect((await problemOf(create({ name: 'twice' }))).issues).toMatchObject([{ path: ['name'] }]);
  const { secretId } = await db().host.findUniqueOrThrow({ where: { id } });
  await remove(id);
  expect(await db().secret.findUnique({ where: { id: String(secretId) } })).toBeNull();
  expect((await problemOf(ada.call(contract.hosts.get, { params: { ...params, id } }))).code).toBe(
    'not-found',
  );
  await remove((await create({ name: 'twice' })).id);
});

test('a host at work on an apply is not forgotten', async () => {
  const { id } = await create({ name: 'busy' });
  const { teamId } = await db().host.findUniqueOrThrow({ where: { id } });
  await write(async (tx) => {
    const target = await tx.target.create({ data: { teamId, hostId: id, server: 'nginx' } });
    const plan = await tx.plan.create({ data: { teamId, hash: 'h', status: 'applied' } });
    await tx.apply.create({
      data: {
        teamId,
        planId: plan.id,
        planHash: 'h',
        status: 'running',
        targets: { create: { targetId: target.id, status: 'holding' } },
      },
    });
  });
  expect((await problemOf(remove(id))).code).toBe('conflict');
});

test('class "trust on first use" (Roxy-WI AutoAddPolicy): only the fingerprint that was seen last can be trusted', async () => {
  const { id } = await create({ name: 'pinned' });
  const trust = (letter: string) =>
    ada.call(contract.hosts.trustKey, {
      params: { ...params, id },
      body: { fingerprint: fingerprint(letter) },
    });
  const see = (letter: string) =>
    write((tx) =>
      tx.host.update({
        where: { id },
        data: { seenKeyType: 'ssh-ed25519', seenKeyFingerprint: fingerprint(letter) },
      }),
    );
  expect((await problemOf(trust('A'))).code).toBe('conflict');
  await see('A');
  expect((await problemOf(trust('B'))).code).toBe('conflict');
  expect((await trust('A')).pinnedKey).toEqual({ type: 'ssh-ed25519', fingerprint: fingerprint('A') });
  await see('C');
  const changed = await ada.call(contract.hosts.get, { params: { ...params, id } });
  expect([changed.status, changed.pinnedKey?.fingerprint]).toEqual(['attention', fingerprint('A')]);
  const [trusted] = await db().activity.findMany({ where: { event: 'host.key-trusted', subjectId: id } });
  expect(trusted?.detail).toMatchObject({ fingerprint: fingerprint('A') });
});

test('a new address is another machine: the pinned key is dropped; a new name or user is not', async () => {
  const { id } = await create({ name: 'moving' });
  const pin = { hostKeyType: 'ssh-ed25519', hostKeyFingerprint: fingerprint('A') };
  await write((tx) => tx.host.update({ where: { id }, data: pin }));
  const patch = (body: { name?: string; user?: string; port?: number; address?: string }) =>
    ada.call(contract.hosts.update, { params: { ...params, id }, body });
  expect((await patch({ name: 'moved', user: 'deploy' })).pinnedKey).not.toBeNull();
  expect((await patch({ address: '192.0.2.1' })).pinnedKey).not.toBeNull();
  expect((await patch({ address: '192.0.2.2' })).pinnedKey).toBeNull();
});

test('a host that does not answer is told apart by the check list, and by the scan', async () => {
  const { id } = await create({ name: 'silent', address: '127.0.0.1', port: 1 });
  const host = await ada.call(contract.hosts.check, { params: { ...params, id } });
  expect(host.status).toBe('unreachable');
  expect(host.checks.map((check) => check.status)).toEqual(['failed', ...Array(11).fill('skipped')]);
  expect(host.checks[0]).toMatchObject({ id: 'reach', fix: expect.stringContaining('sshd') });
  const problem = await problemOf(ada.call(contract.hosts.scanKey, { params: { ...params, id } }));
  expect([problem.code, problem.detail]).toEqual(['unreachable', 'Nothing listens at 127.0.0.1:1.']);
});

test('class "command injection" (CVE-2022-31137): address and user are no place for a shell', async () => {
  for (const address of ['a b', '$(id)', '-oProxyCommand=id', 'a;id', '../x', 'a\nb']) {
    expect((await problemOf(create({ name: 'evil', address }))).issues[0]?.path).toEqual(['address']);
  }
  for (const user of ['root;id', '-l', 'Root', 'a b', '$(id)']) {
    expect((await problemOf(create({ name: 'evil', user }))).issues[0]?.path).toEqual(['user']);
  }
});

test('the list for an upgrade has the locked-down hosts, each as it was seen last, and one script that holds no key', async () => {
  const made = await Promise.all(
    ['current', 'older', 'refused', 'unseen', 'open'].map((name) =>
      create({ name, access: name === 'open' ? 'direct' : 'enrolled' }),
    ),
  );
  const { helperSha256, script } = await ada.call(contract.hosts.upgrade, { params });
  const facts = (sha: string) => ({
    operatingSystem: 'Debian',
    distribution: 'debian',
    helperSha256: sha,
    servers: [],
  });
  const seen = {
    current: { facts: facts(helperSha256) },
    older: { facts: facts('0'.repeat(64)) },
    refused: { lastError: { code: 'helper-outdated', message: 'm', hint: null } },
    unseen: {},
    open: { facts: facts('0'.repeat(64)) },
  };
  for (const { id, name } of made)
    await write((tx) => tx.host.update({ where: { id }, data: seen[name as keyof typeof seen] }));
  const { items } = await ada.call(contract.hosts.helpers, { params });
  expect(items.map(({ name, helper }) => [name, helper])).toEqual([
    ['current', 'current'],
    ['older', 'outdated'],
    ['refused', 'outdated'],
    ['unseen', 'unknown'],
  ]);
  expect(script).toContain(helperSha256);
  for (const { publicKey } of made) expect(script).not.toContain(publicKey?.split(' ')[1]);
  for (const { id } of made) await remove(id);
});
