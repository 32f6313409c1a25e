import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { NotifyEvent } from '#core/notify/event';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { addThings } from '../../testing/add-things';
import type { Things } from '../../testing/sample-requests';
import { addMember, browserOf, startTestServer, type TestServer } from '../../testing/test-server';
import { maxTries, nextTry } from '../notify/next-try';
import { notify } from '../notify/notify';
import { deliverAll } from '../notify-jobs';
import { deliverWebhook } from './deliver-webhook';
import { type Receiver, startReceiver } from './testing/receiver';

let server: TestServer;
let receiver: Receiver;
let teamId: string;
let things: Things;
let client: Awaited<ReturnType<typeof browserOf>>;
const params = { team: 'ours' };

beforeAll(async () => {
  server = await startTestServer({
    GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
    GATEHOUSE_PUBLIC_URL: 'https://gatehouse.example.com',
  });
  receiver = await startReceiver();
  const { team, user } = await addMember('ours', 'admin');
  teamId = team.id;
  things = await addThings(team.id, user.id, 'ours');
  client = await browserOf(server, user.id, { origin: 'https://gatehouse.example.com' });
});
afterAll(async () => {
  await receiver.close();
  await server.stop();
});
beforeEach(async () => {
  await write((tx) => tx.webhook.deleteMany());
  receiver.received.length = 0;
  receiver.answer((response) => response.writeHead(204).end());
});

const add = (more: object = {}) =>
  client.call(contract.webhooks.create, {
    params,
    body: {
      name: 'ops',
      kind: 'json',
      url: `${receiver.url}/hook?key=canary`,
      events: ['drift.found'],
      ...more,
    },
  });
const drift: NotifyEvent = {
  name: 'drift.found',
  host: { id: 'h', name: 'web1' },
  sites: [],
  total: 1,
  files: [{ path: '/etc/nginx/x.conf', state: 'changed' }],
};
const tell = (event: NotifyEvent = drift, siteIds: string[] = []) =>
  write((tx) => notify(tx, { teamId, event, siteIds }));
const log = async () => (await client.call(contract.deliveries.list, { params })).items;
const rowOf = async () => db().webhookDelivery.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });

test('a receiver can prove by the signing secret, shown once, that the message is ours and fresh', async () => {
  const { signingSecret, ...webhook } = await add();
  expect(signingSecret).toMatch(/^whsec_/);
  await tell();
  await deliverAll();
  const [message] = receiver.received;
  expect(message?.path).toBe('/hook?key=canary');
  const headers = message?.headers ?? {};
  const body = message?.body ?? '';
  const key = Buffer.from((signingSecret ?? '').slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
  expect(Math.abs(Number(headers['webhook-timestamp']) * 1000 - Date.now())).toBeLessThan(60_000);
  expect(JSON.parse(body)).toMatchObject({
    type: 'drift.found',
    data: { url: 'https://gatehouse.example.com/ours/drift', host: { name: 'web1' } },
  });
  expect(await log()).toMatchObject([{ status: 'delivered', attempts: 1, answer: 204, error: '' }]);
  const again = await client.call(contract.webhooks.get, { params: { ...params, id: webhook.id } });
  expect(JSON.stringify(again)).not.toMatch(/canary|whsec/);
  expect(again.urlHost).toBe(`127.0.0.1:${receiver.port}`);
});

test('a chat gets a text, unsigned', async () => {
  const { signingSecret } = await add({ kind: 'slack' });
  expect(signingSecret).toBeNull();
  await tell();
  await deliverAll();
  const [message] = receiver.received;
  expect(JSON.parse(message?.body ?? '')).toEqual({ text: expect.stringContaining('Drift on web1') });
  expect(message?.headers['webhook-signature']).toBeUndefined();
});

describe('only what was asked for is sent', () => {
  test('other events, switched-off webhooks and other lists’ sites are left out', async () => {
    await add({ name: 'other event', events: ['apply.failed'] });
    const off = await add({ name: 'off' });
    await client.call(contract.webhooks.update, {
      params: { ...params, id: off.id },
      body: { enabled: false },
    });
    await add({ name: 'list', listId: things.list });
    await write((tx) => tx.listSite.deleteMany());
    await tell(drift, [things.site]);
    expect(await log()).toEqual([]);
    await write((tx) => tx.listSite.create({ data: { listId: things.list, siteId: things.site } }));
    await tell(drift, [things.site]);
    expect(await log()).toHaveLength(1);
    await write((tx) => tx.listSite.deleteMany());
  });

  test('another team hears nothing', async () => {
    const { team, user } = await addMember('theirs', 'admin');
    await addThings(team.id, user.id, 'theirs');
    await tell();
    expect(await db().webhookDelivery.count({ where: { teamId: team.id, status: 'waiting' } })).toBe(0);
  });
});

test('nothing is sent for a change that was rolled back', async () => {
  await add();
  const failing = write(async (tx) => {
    await notify(tx, { teamId, event: drift, siteIds: [] });
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await log()).toEqual([]);
});

describe('what does not arrive is tried again', () => {
  test('with the same id and body, later each time, until it is given up', async () => {
    await add();
    receiver.answer((response) => response.writeHead(500).end('<b>down</b>'));
    await tell();
    const { id } = await rowOf();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= maxTries; attempt++) {
      const begun = Date.now();
      await deliverWebhook(id);
      const row = await rowOf();
      expect(row).toMatchObject({ attempts: attempt, answer: 500, error: 'Answered 500: <b>down</b>' });
      expect(row.status).toBe(attempt < maxTries ? 'waiting' : 'failed');
      if (row.nextAt) waits.push(row.nextAt.getTime() - begun);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(16);
    expect(hours).toBeLessThan(28);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    await deliverWebhook(id);
    expect(receiver.received).toHaveLength(maxTries);
  });

  test('many that failed together do not come back together', () => {
    const times = new Set([0, 0.3, 0.7, 1].map((random) => nextTry(3, 0, random)?.getTime()));
    expect(times.size).toBe(4);
    expect(nextTry(maxTries)).toBeNull();
  });

  test('a person sends it again: from the start, under its id', async () => {
    await add();
    receiver.answer((response) => response.writeHead(500).end());
    await tell();
    const { id } = await rowOf();
    await write((tx) => tx.webhookDelivery.update({ where: { id }, data: { attempts: 7 } }));
    await deliverAll();
    expect(await rowOf()).toMatchObject({ status: 'failed', attempts: 8 });
    receiver.answer((response) => response.writeHead(204).end());
    await client.call(contract.deliveries.redeliver, { params: { ...params, id } });
    await deliverAll();
    expect(await rowOf()).toMatchObject({ id, status: 'delivered', attempts: 1, error: '' });
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([id, id]);
  });

  test('what a killed process had not finished is sent by the next one', async () => {
    await add();
    await tell();
    receiver.answer(() => undefined);
    const { id } = await rowOf();
    const killed = new AbortController();
    const cut = deliverWebhook(id, { signal: killed.signal });
    await receiver.has(1);
    killed.abort();
    await cut;
    expect(await rowOf()).toMatchObject({ status: 'waiting', attempts: 0 });
    receiver.answer((response) => response.writeHead(204).end());
    await deliverAll();
    expect(await rowOf()).toMatchObject({ id, status: 'delivered' });
  });
});

test('one at a time per webhook, while others go on', async () => {
  const slow = await add({ name: 'slow', url: `${receiver.url}/slow` });
  await add({ name: 'quick', url: `${receiver.url}/quick` });
  for (let count = 0; count < 3; count++) await tell();
  let open = 0;
  let most = 0;
  const finish: (() => void)[] = [];
  receiver.answer((response, { path }) => {
    if (path === '/quick') return void response.writeHead(204).end();
    open += 1;
    most = Math.max(most, open);
    finish.push(() => {
      open -= 1;
      response.writeHead(204).end();
    });
  });
  const done = deliverAll();
  // All three quick ones arrive although not one slow one has been answered.
  await receiver.has(4);
  expect(receiver.received.filter(({ path }) => path === '/slow')).toHaveLength(1);
  expect(receiver.received.filter(({ path }) => path === '/quick')).toHaveLength(3);
  for (let count = 5; count <= 6; count++) {
    finish.pop()?.();
    await receiver.has(count);
  }
  finish.pop()?.();
  await done;
  expect(most).toBe(1);
  const where = { webhookId: slow.id, status: 'delivered' };
  expect(await db().webhookDelivery.count({ where })).toBe(3);
});

test('what waits when a webhook is switched off is given up, and can be sent again by hand', async () => {
  const { id } = await add();
  await tell();
  const target = { params: { ...params, id } };
  await client.call(contract.webhooks.update, { ...target, body: { enabled: false } });
  const [given] = await log();
  expect(given).toMatchObject({ status: 'failed', error: 'The webhook was switched off.' });
  const again = { params: { ...params, id: given?.id ?? '' } };
  await expect(client.call(contract.deliveries.redeliver, again)).rejects.toMatchObject({
    problem: { code: 'conflict' },
  });
  await client.call(contract.webhooks.update, { ...target, body: { enabled: true } });
  await deliverAll();
  expect(receiver.received).toEqual([]);
  await client.call(contract.deliveries.redeliver, again);
  await deliverAll();
  expect(await log()).toMatchObject([{ status: 'delivered' }]);
});

test('a test message is sent once, and says so when it fails', async () => {
  const { id } = await add();
  receiver.answer((response) => response.writeHead(404).end());
  const sent = await client.call(contract.webhooks.test, { params: { ...params, id } });
  await deliverAll();
  expect(await log()).toMatchObject([{ id: sent.id, status: 'failed', attempts: 1, answer: 404 }]);
});

test('a removed webhook takes its secrets along; a new address replaces the old one', async () => {
  const { id } = await add();
  const secrets = () => db().secret.count({ where: { purpose: { startsWith: 'webhook' } } });
  const before = await secrets();
  await client.call(contract.webhooks.update, {
    params: { ...params, id },
    body: { url: `${receiver.url}/second` },
  });
  expect(await secrets()).toBe(before);
  await tell();
  await deliverAll();
  expect(receiver.received[0]?.path).toBe('/second');
  await client.call(contract.webhooks.remove, { params: { ...params, id } });
  expect(await secrets()).toBe(before - 2);
});

test('an internal number is refused at once, an address of another kind too', async () => {
  for (const url of ['http://10.0.0.1/', 'http://[::1]:8080/', 'ftp://hooks.example.com/', 'not an address'])
    await expect(add({ url })).rejects.toMatchObject({ problem: { code: 'invalid' } });
});
