import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createLab,
  createSshKey,
  type Host,
  type Lab,
  labAvailable,
  serverNames,
  startEcho,
} from '#lab/index';
import { redactedPaths } from '#server/platform/log';
import { type Dashboard, siteDocument, startDashboard, tell, tellPlan } from './dashboard';
import { watchProcesses } from './watch-processes';

const available = labAvailable();
const passphrase = `passphrase-${randomBytes(12).toString('hex')}`;
const usersFile = '/etc/ssl/ci.users';
const password = `password-${randomBytes(12).toString('hex')}`;

describe.skipIf(available !== true)(
  `G10: secrets stay where they are${available === true ? '' : ` (${available})`}`,
  () => {
    let lab: Lab;
    let dashboard: Dashboard;
    const hosts: { host: Host; targetId: string }[] = [];
    const secrets: string[] = [passphrase];
    let logged = '';
    let told = '';

    beforeAll(async () => {
      const key = await createSshKey({ passphrase });
      // The lines of a key of ours, without the first ones, in which all keys of a kind begin alike.
      secrets.push(...key.privateKey.split('\n').slice(3, -2));
      lab = await createLab();
      dashboard = await startDashboard();
      const sink = new Writable({
        write(chunk, _encoding, done) {
          logged += chunk;
          done();
        },
      });
      const log = pino({ level: 'trace', redact: { paths: redactedPaths } }, sink);
      (globalThis as { [key: symbol]: unknown })[Symbol.for('gatehouse.log')] = log;
      for (const server of serverNames) {
        const host = await lab.host({ name: server, servers: [server], authorizedKeys: [key.publicKey] });
        await startEcho({ host });
        const { stdout } = await host.exec(['openssl', 'passwd', '-6', '-stdin'], { stdin: `${password}\n` });
        secrets.push(stdout.trim());
        const bcrypt = '$2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG';
        const hash = server === 'caddy' ? bcrypt : stdout.trim();
        const line = server === 'caddy' ? `ci ${hash}\n` : `ci:${hash}\n`;
        secrets.push(hash);
        await host.writeFile(usersFile, line, '644');
        const targetId = (await dashboard.enrol(host, key, passphrase))[server] ?? '';
        hosts.push({ host, targetId });
      }
      secrets.push(dashboard.token, password);
    });
    afterAll(async () => {
      await dashboard?.stop();
      await lab?.stop();
    });

    test('no process of the dashboard’s machine or of a host shows one in its command line or environment', async () => {
      const watch = await watchProcesses(secrets);
      await watch.proveItSees();
      const sites = await Promise.all(
        hosts.map(({ host, targetId }) =>
          dashboard.createSite(document(host.name, 10), [targetId]).then((id) => ({ id, host })),
        ),
      );
      for (let round = 1; round <= 3; round++) {
        for (const { id, host } of sites) {
          await dashboard.editSite(id, (edited) => Object.assign(edited, document(host.name, 10 + round)));
        }
        const plan = await dashboard.plan(sites.map(({ id }) => id));
        expect(plan.status, tellPlan(plan)).toBe('ready');
        const apply = await dashboard.apply(plan);
        expect(apply.status, tell(apply)).toBe('succeeded');
        told += JSON.stringify([plan, apply]);
      }
      const { found, looks } = await watch.stop();
      expect(looks).toBeGreaterThan(50);
      expect(found).toEqual([]);
    });

    test('no plan, event, log, database or journal holds one', async () => {
      for (const { host } of hosts) {
        const keys = await host.exec('cat /etc/gatehouse/tls/*.key');
        secrets.push(...keys.stdout.split('\n').filter((line) => /^[A-Za-z0-9+/=]{40,}$/.test(line)));
      }
      const { dataDir } = dashboard.server;
      const database = readdirSync(dataDir)
        .filter((name) => name.startsWith('gatehouse.db'))
        .map((name) => readFileSync(join(dataDir, name), 'latin1'))
        .join('');
      expect(told.length).toBeGreaterThan(10_000);
      expect(logged.length).toBeGreaterThan(0);
      expect(database).toContain('ci.users');
      for (const [where, text] of Object.entries({ told, logged, database })) {
        for (const secret of secrets) expect(text.includes(secret), `a secret in: ${where}`).toBe(false);
      }
      for (const { host } of hosts) {
        const patterns = secrets.map((secret) => `${secret}\n`).join('');
        const search = ['grep', '-rlF', '-f', '-', '/var/lib/gatehouse', '/run', '/tmp', '/var/log'];
        const { stdout } = await host.exec(search, { stdin: patterns, check: false });
        expect(stdout).toBe('');
        const journals = await host.exec('ls -d /var/lib/gatehouse/*/log');
        expect(journals.stdout).not.toBe('');
      }
    });

    const document = (name: string, bodySizeMib: number) =>
      siteDocument({
        name,
        hostnames: [`${name}.example.com`],
        limits: { bodySizeMib },
        access: { auth: { mode: 'basic', realm: 'ci', usersFile } },
      });
  },
);
