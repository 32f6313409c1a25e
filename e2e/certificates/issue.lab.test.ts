import { connect, type PeerCertificate } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract } from '#api/contract/index';
import { type Host, labAvailable, type ServerName, startEcho } from '#lab/index';
import { type Pebble, startPebble } from '#server/certificates/acme/testing/start-pebble';
import { startCertificates, stopCertificates } from '#server/operation/certificate-jobs';
import { siteDocument, team, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();
const servers: ServerName[] = ['nginx', 'apache', 'caddy'];
const params = { team };

describe.skipIf(available !== true)(`ACME certificates${available === true ? '' : ` (${available})`}`, () => {
  let world: World;
  let ca: Pebble;
  beforeAll(async () => {
    world = await startWorld();
    // Its delays (up to 15 s) and its refusals of nonces (5 %) stay on.
    ca = await startPebble({ chainLength: 2, authorizationReuse: 0 });
    await world.dashboard.client.call(contract.issuers.create, {
      params,
      body: {
        name: 'pebble',
        directoryUrl: ca.directoryUrl,
        email: 'ada@example.com',
        agreeTerms: true,
        caPem: ca.caPem,
      },
    });
    startCertificates();
  });
  afterAll(async () => {
    await stopCertificates();
    await ca?.stop();
    await world?.stop();
  });

  type Certificate = z.output<(typeof contract.certificates.list)['response']>['items'][number];
  const certificateOf = async (name: string): Promise<Certificate | undefined> => {
    const { items } = await world.dashboard.client.call(contract.certificates.list, { params });
    return items.find((each) => each.name === name);
  };
  const until = async (name: string, is: (certificate: Certificate) => boolean, withinMs = 90_000) => {
    for (const deadline = Date.now() + withinMs; ; ) {
      const certificate = await certificateOf(name);
      if (certificate && is(certificate)) return certificate;
      if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(certificate, null, 1)}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };
  /** What a visitor who trusts the CA's root alone gets; throws where the chain does not lead there. */
  const visit = async (host: Host, name: string): Promise<PeerCertificate> => {
    const root = await ca.root();
    return new Promise((resolve, reject) => {
      const socket = connect({ host: host.address, port: 443, servername: name, ca: root }, () => {
        resolve(socket.getPeerCertificate());
        socket.destroy();
      });
      socket.once('error', reject);
    });
  };

  describe.each(servers)('%s', (server) => {
    const name = `${server}-acme`;
    const hostname = `${server}.example.org`;
    let host: Host;
    let siteId: string;

    beforeAll(async () => {
      const added = await world.addHost({ name: `acme-${server}`, servers: [server] });
      host = added.host;
      await startEcho({ host });
      await ca.resolveTo(hostname, host.address);
      const document = siteDocument({ name, hostnames: [hostname], tls: { mode: 'acme', issuer: 'pebble' } });
      siteId = await world.dashboard.createSite(document, [added.targets[server] ?? '']);
    });

    test('a new site on a bare host: one apply, and https is proven with the CA’s root', async () => {
      const plan = await world.dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const apply = await world.dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      const certificate = await until(name, ({ status }) => status === 'valid');
      expect(certificate.problem).toBeNull();
      expect(certificate.servedAt).not.toBeNull();
      const served = await visit(host, hostname);
      expect(served.serialNumber).toBe(certificate.serial);
      expect(served.subjectaltname).toBe(`DNS:${hostname}`);
      expect(await world.visit(host, `https://${hostname}/`)).toMatch(/^200 /);
      const again = await world.dashboard.plan([siteId]);
      expect(again.status, tellPlan(again)).toBe('empty');
    });

    test('a renewal has another key and serial, and the site serves all the time', async () => {
      const before = await certificateOf(name);
      const keyBefore = await host.exec([
        'sh',
        '-c',
        `sha256sum /etc/gatehouse/tls/acme/${server}/${name}/current/key.pem`,
      ]);
      const at = { params: { ...params, id: before?.id ?? '' } };
      await world.dashboard.client.call(contract.certificates.renew, at);
      let failures = 0;
      let visits = 0;
      let done = false;
      const visiting = (async () => {
        while (!done) {
          visits++;
          await visit(host, hostname).catch(() => failures++);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      })();
      const after = await until(
        name,
        ({ status, serial }) => status === 'valid' && serial !== before?.serial,
      );
      done = true;
      await visiting;
      expect({ failures, visits: visits > 5 }).toEqual({ failures: 0, visits: true });
      expect((await visit(host, hostname)).serialNumber).toBe(after.serial);
      const keyAfter = await host.exec([
        'sh',
        '-c',
        `sha256sum /etc/gatehouse/tls/acme/${server}/${name}/current/key.pem`,
      ]);
      expect(keyAfter.stdout).not.toBe(keyBefore.stdout);
    });

    test('a renewal that fails names the cause and the remedy, and the old certificate is still served', async () => {
      const before = await certificateOf(name);
      // The name leads elsewhere: nobody answers there.
      await ca.resolveTo(hostname, world.host.address);
      await world.host.exec(['sh', '-c', 'rm -rf /var/lib/gatehouse-acme']);
      const at = { params: { ...params, id: before?.id ?? '' } };
      await world.dashboard.client.call(contract.certificates.renew, at);
      const failed = await until(name, ({ problem }) => problem !== null);
      expect(failed.status).toBe('failing');
      expect(failed.problem?.message).toMatch(/^The CA (got a wrong answer|could not connect)/);
      expect(failed.problem?.hint).toMatch(/port 80/);
      expect(failed.serial).toBe(before?.serial);
      expect((await visit(host, hostname)).serialNumber).toBe(before?.serial);
      expect(Date.parse(failed.nextAt ?? '') - Date.now()).toBeGreaterThan(50 * 60_000);
      await ca.resolveTo(hostname, host.address);
    });

    test('a revoked certificate is replaced at once', async () => {
      const before = await certificateOf(name);
      const at = { params: { ...params, id: before?.id ?? '' } };
      await world.dashboard.client.call(contract.certificates.revoke, {
        ...at,
        body: { reason: 'key-compromise' },
      });
      const after = await until(
        name,
        ({ status, serial }) => status === 'valid' && serial !== before?.serial,
      );
      expect((await visit(host, hostname)).serialNumber).toBe(after.serial);
      expect(after.problem).toBeNull();
    });
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const { items } = await world.dashboard.client.call(contract.certificates.list, { params });
    console.error(JSON.stringify(items, null, 1));
  });
});
