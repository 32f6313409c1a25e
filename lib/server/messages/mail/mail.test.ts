import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { NotifyEvent, NotifyEventName } from '#core/notify/event';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { Env } from '../../platform/env';
import { addMember, clientOf, startTestServer, type TestServer } from '../../testing/test-server';
import { notify } from '../notify/notify';
import { deliverAll } from '../notify-jobs';
import { deliverMail } from './deliver-mail';
import { type MailServer, readable, startMailServer } from './testing/mail-server';

const dir = mkdtempSync(join(tmpdir(), 'gatehouse-mail-test-'));
const file = (name: string) => join(dir, name);
let server: TestServer | null = null;
let mail: MailServer | null = null;
let teamId: string;
let person: Awaited<ReturnType<typeof addMember>>;
let tls: { cert: string; key: string };

beforeAll(() => {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const out = ['-keyout', file('key.pem'), '-out', file('cert.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...out],
    {
      stdio: 'ignore',
    },
  );
  tls = { cert: readFileSync(file('cert.pem'), 'utf8'), key: readFileSync(file('key.pem'), 'utf8') };
  writeFileSync(file('password'), 'smtp-canary-password\n', { mode: 0o600 });
});
afterEach(async () => {
  await mail?.close();
  await server?.stop();
  mail = server = null;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const from = { GATEHOUSE_MAIL_FROM: 'Gatehouse <gate@example.com>', GATEHOUSE_SMTP_HOST: 'localhost' };

async function dashboard(environment: Record<string, string>) {
  server = await startTestServer({ ...from, ...environment });
  person = await addMember('ours', 'editor', 'ada@example.com');
  teamId = person.team.id;
}
const choose = (events: NotifyEventName[], listIds: string[] = []) =>
  clientOf(server as TestServer, person.token).call(contract.notifications.update, {
    params: { team: 'ours' },
    body: { events, listIds },
  });
const failed: NotifyEvent = {
  name: 'apply.failed',
  applyId: 'a1',
  sites: [{ id: 's', name: 'ci' }],
  hosts: ['web1'],
  by: 'Ada',
  reason: null,
};
const tell = (event: NotifyEvent = failed, siteIds: string[] = []) =>
  write((tx) => notify(tx, { teamId, event, siteIds }));
const only = () => db().mail.findFirstOrThrow();

describe('with a mail server', () => {
  beforeEach(async () => {
    mail = await startMailServer({ refused: ['gone@example.com'] });
    await dashboard({ GATEHOUSE_SMTP_PORT: String(mail.port), GATEHOUSE_PUBLIC_URL: 'https://gate.example' });
  });

  test('who asked for an event gets it, with a link to the apply', async () => {
    await choose(['apply.failed']);
    await tell();
    await tell({ ...failed, name: 'apply.finished' });
    await deliverAll();
    expect(mail?.received).toHaveLength(1);
    const [message] = mail?.received ?? [];
    expect(message).toMatchObject({ from: 'gate@example.com', to: ['ada@example.com'] });
    expect(message?.raw).toContain('Subject: [ours] The apply failed: ci on web1\r\n');
    expect(readable(message?.raw ?? '')).toContain('\r\nhttps://gate.example/ours/applies/a1\r\n');
    expect(message?.raw).toContain('Auto-Submitted: auto-generated');
    expect(await only()).toMatchObject({ status: 'delivered', attempts: 1, error: '' });
  });

  test('lists narrow it down', async () => {
    const list = await write((tx) => tx.list.create({ data: { teamId, name: 'mine' } }));
    await choose(['apply.failed'], [list.id]);
    await tell(failed, ['some-site']);
    expect(await db().mail.count()).toBe(0);
  });

  test('a request for approval goes to those who were asked, without any choice before', async () => {
    await addMember('ours', 'operator', 'ben@example.com');
    const asked: NotifyEvent = {
      name: 'approval.asked',
      planId: 'p1',
      sites: [],
      hosts: ['web1'],
      by: 'Ben',
      asked: [{ id: person.user.id, name: 'Ada' }],
    };
    await tell(asked);
    await deliverAll();
    expect(mail?.received.map(({ to }) => to)).toEqual([['ada@example.com']]);
    await choose([]);
    await tell(asked);
    expect(await db().mail.count()).toBe(1);
  });

  test('who was disabled, or left, between event and sending gets nothing', async () => {
    await choose(['apply.failed']);
    await tell();
    await write((tx) => tx.member.deleteMany({ where: { userId: person.user.id } }));
    await deliverAll();
    expect(mail?.received).toEqual([]);
    expect(await only()).toMatchObject({ status: 'failed' });
  });

  test('class "header injection": names and addresses add no header, recipient or attachment', async () => {
    await choose(['apply.failed']);
    const evil = 'x\r\nBcc: evil@example.com\r\n\r\nbody';
    await tell({ ...failed, sites: [{ id: 's', name: evil }], by: evil });
    await deliverAll();
    const [message] = mail?.received ?? [];
    expect(message?.to).toEqual(['ada@example.com']);
    const head = message?.raw.split('\r\n\r\n')[0]?.replace(/\r\n[ \t]/g, ' ') ?? '';
    expect(head).not.toMatch(/^Bcc:/im);
    const names = head.split('\r\n').map((line) => line.split(':')[0]);
    expect(names.sort()).toEqual(
      [
        'From',
        'To',
        'Subject',
        'Message-ID',
        'Date',
        'MIME-Version',
        'Content-Type',
        'Content-Transfer-Encoding',
        'Auto-Submitted',
        'X-Auto-Response-Suppress',
      ].sort(),
    );
    for (const email of [
      'ada@example.com, evil@example.com',
      'ada@example.com>\r\nRCPT TO:<evil@example.com',
    ]) {
      await write((tx) => tx.user.update({ where: { id: person.user.id }, data: { email } }));
      await tell();
      await deliverAll();
    }
    expect(mail?.received).toHaveLength(1);
  });

  test('a recipient that the server refuses for good is not tried again', async () => {
    await write((tx) =>
      tx.user.update({ where: { id: person.user.id }, data: { email: 'gone@example.com' } }),
    );
    await choose(['apply.failed']);
    await tell();
    await deliverAll();
    expect(await only()).toMatchObject({ status: 'failed', attempts: 1 });
    expect((await only()).error).toContain('5.1.1 no such mailbox');
  });
});

test('a mail server that is down, or busy, is tried again until it is back', async () => {
  mail = await startMailServer({ busy: true });
  const { port } = mail;
  await dashboard({ GATEHOUSE_SMTP_PORT: String(port) });
  await choose(['apply.failed']);
  await tell();
  const { id } = await only();
  await deliverMail(id);
  expect(await only()).toMatchObject({ status: 'waiting', attempts: 1 });
  expect((await only()).error).toContain('4.3.0');
  await mail.close();
  await deliverMail(id);
  expect(await only()).toMatchObject({ status: 'waiting', attempts: 2 });
  mail = await startMailServer({ port });
  await deliverMail(id);
  expect(await only()).toMatchObject({ status: 'delivered', attempts: 3, error: '' });
  expect(mail.received).toHaveLength(1);
});

describe('encryption and sign-in', () => {
  const login = { user: 'gate', password: 'smtp-canary-password' };
  const withLogin = () => ({
    GATEHOUSE_SMTP_USER: 'gate',
    GATEHOUSE_SMTP_PASSWORD_FILE: file('password'),
    GATEHOUSE_SMTP_TLS: 'starttls',
  });

  test('STARTTLS and a password from a file', async () => {
    mail = await startMailServer({ tls, login });
    const ca = { GATEHOUSE_SMTP_CA_FILE: file('cert.pem') };
    await dashboard({ ...withLogin(), ...ca, GATEHOUSE_SMTP_PORT: String(mail.port) });
    await choose(['apply.failed']);
    await tell();
    await deliverAll();
    expect(await only()).toMatchObject({ status: 'delivered', error: '' });
    expect(mail.received).toMatchObject([{ secure: true, user: 'gate' }]);
  });

  test('class "STARTTLS stripping": without encryption, or with a stranger’s certificate, nothing is sent', async () => {
    for (const wanted of [{ login }, { tls, login }]) {
      mail = await startMailServer(wanted);
      await dashboard({ ...withLogin(), GATEHOUSE_SMTP_PORT: String(mail.port) });
      await choose(['apply.failed']);
      await tell();
      await deliverAll();
      expect(await only()).toMatchObject({ status: 'waiting', attempts: 1 });
      expect(mail.received).toEqual([]);
      await mail.close();
      await server?.stop();
    }
    mail = server = null;
  });

  test('a wrong password is told without saying it, even where the server repeats it', async () => {
    mail = await startMailServer({ tls, login: { ...login, password: 'another' } });
    const ca = { GATEHOUSE_SMTP_CA_FILE: file('cert.pem') };
    await dashboard({ ...withLogin(), ...ca, GATEHOUSE_SMTP_PORT: String(mail.port) });
    await choose(['apply.failed']);
    await tell();
    await deliverAll();
    const { error, status } = await only();
    expect(status).toBe('waiting');
    expect(error).toContain('5.7.8 wrong password …');
    expect(error).not.toContain('canary');
  });

  test('a password file that others can read is refused', async () => {
    writeFileSync(file('open'), 'x\n', { mode: 0o644 });
    mail = await startMailServer({ login });
    await dashboard({
      ...withLogin(),
      GATEHOUSE_SMTP_PASSWORD_FILE: file('open'),
      GATEHOUSE_SMTP_PORT: String(mail.port),
    });
    await choose(['apply.failed']);
    await tell();
    await deliverAll();
    expect((await only()).error).toContain(`chmod 600 '${file('open')}'`);
  });
});

test('where no mail server is set up, choices are kept and nothing is queued', async () => {
  server = await startTestServer();
  person = await addMember('ours', 'viewer', 'ada@example.com');
  teamId = person.team.id;
  expect(await choose(['apply.failed'])).toMatchObject({ available: false, events: ['apply.failed'] });
  await tell();
  expect(await db().mail.count()).toBe(0);
});

describe('settings', () => {
  const parse = (given: Record<string, string>) => Env.safeParse(given);
  const gate = { GATEHOUSE_MAIL_FROM: 'gate@example.com' };

  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, tls: 'starttls' }],
    ['smtps://mail.example.com', { port: 465, tls: 'implicit' }],
    ['smtp://localhost', { port: 25, tls: 'none' }],
    ['smtp://u:p%40ss@[::1]:2525', { host: '::1', port: 2525, user: 'u', password: { text: 'p@ss' } }],
  ])('%s', (url, expected) => {
    expect(parse({ ...gate, GATEHOUSE_SMTP_URL: url }).data?.mail).toMatchObject(expected);
  });

  test('what would send a password in the clear, or no sender, is refused at the start', () => {
    const clear = {
      ...gate,
      GATEHOUSE_SMTP_URL: 'smtp://u:canary@mail.example.com',
      GATEHOUSE_SMTP_TLS: 'none',
    };
    const result = parse(clear);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).not.toContain('canary');
    expect(parse({ GATEHOUSE_SMTP_URL: 'smtp://localhost' }).success).toBe(false);
    expect(parse({ ...gate, GATEHOUSE_SMTP_URL: 'http://mail.example.com' }).success).toBe(false);
    expect(parse({ GATEHOUSE_MAIL_FROM: 'a@b.c\r\nBcc: d@e.f' }).success).toBe(false);
    expect(
      parse({ ...gate, GATEHOUSE_SMTP_HOST: 'mail.example.com', GATEHOUSE_SMTP_USER: 'u' }).success,
    ).toBe(false);
  });
});
