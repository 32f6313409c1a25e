import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { labAvailable } from '#lab/index';
import { type Pebble, startPebble } from '#server/certificates/acme/testing/start-pebble';
import { advanceCertificate } from '#server/certificates/advance-certificate';
import { CertificateStage } from '#server/certificates/certificate-row';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { siteDocument, team, tell } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();
const params = { team };

describe.skipIf(available !== true)(
  `a certificate whose dashboard dies${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let ca: Pebble;
    let id: string;
    const hostname = 'killed.example.org';
    const current = '/etc/gatehouse/tls/acme/nginx/killed/current';

    beforeAll(async () => {
      world = await startWorld();
      ca = await startPebble({ sleepSeconds: 0, authorizationReuse: 0 });
      await ca.resolveTo(hostname, world.host.address);
      const body = {
        name: 'pebble',
        directoryUrl: ca.directoryUrl,
        agreeTerms: true,
        caPem: ca.caPem,
      } as const;
      await world.dashboard.client.call(contract.issuers.create, { params, body });
      const document = siteDocument({
        name: 'killed',
        hostnames: [hostname],
        tls: { mode: 'acme', issuer: 'pebble' },
      });
      const siteId = await world.dashboard.createSite(document, [world.nginx]);
      const apply = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(apply.status, tell(apply)).toBe('succeeded');
      id = (await db().certificate.findFirstOrThrow()).id;
    });
    afterAll(async () => {
      await ca?.stop();
      await world?.stop();
    });

    const row = () => db().certificate.findUniqueOrThrow({ where: { id } });
    /** Takes the steps of one certificate; after each of the given stage all that it wrote down is lost, once. */
    async function goOn(losing: CertificateStage | null): Promise<string[]> {
      const orders = new Set<string>();
      let lost = false;
      for (const deadline = Date.now() + 60_000; ; ) {
        const before = await row();
        if (before.stage === 'idle' && before.renewAt && before.renewAt > new Date()) return [...orders];
        if (Date.now() > deadline) throw new Error(JSON.stringify(before, null, 1));
        // An apply that waits for the CA waits here.
        await write((tx) => tx.certificate.update({ where: { id }, data: { nextAt: new Date(0) } }));
        await advanceCertificate(id, AbortSignal.timeout(60_000));
        const after = await row();
        if (after.orderUrl) orders.add(after.orderUrl);
        if (!lost && before.stage === losing && after.stage !== losing) {
          lost = true;
          const { id: _, hostnames, problem, suggested, answered, ...data } = before;
          await write((tx) => tx.certificate.update({ where: { id }, data }));
        }
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    }

    test.each([null, ...CertificateStage.options.filter((stage) => stage !== 'idle')])(
      'after what it did at %s and before it wrote that down: the next start serves a new certificate whose key matches',
      async (stage) => {
        await write((tx) => tx.certificate.update({ where: { id }, data: { renewAt: new Date(0) } }));
        const before = await row();
        const orders = await goOn(stage);
        const after = await row();
        expect(after.serial).not.toBe(before.serial);
        expect(after.problem, JSON.stringify(after.problem)).toEqual({});
        // One order whose place was never written down is the price of a death in that very moment.
        expect(orders).toHaveLength(stage === 'order' ? 2 : 1);
        const served = await world.host.exec([
          'sh',
          '-c',
          `echo | openssl s_client -connect 127.0.0.1:443 -servername ${hostname} 2>/dev/null | openssl x509 -noout -serial -pubkey; openssl pkey -in ${current}/key.pem -pubout`,
        ]);
        const [serial, ...keys] = served.stdout.trim().split('\n');
        expect(serial).toBe(`serial=${after.serial}`);
        expect(keys.slice(0, keys.length / 2)).toEqual(keys.slice(keys.length / 2));
      },
    );

    test('no byte of a private key of the host is anywhere in the dashboard', async () => {
      const { stdout } = await world.host.exec([
        'sh',
        '-c',
        'cat /etc/gatehouse/tls/acme/nginx/killed/*/key.pem',
      ]);
      const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
      expect(lines.length).toBeGreaterThan(6);
      const { dataDir } = world.dashboard.server;
      const texts = await Promise.all(
        (await readdir(dataDir, { withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map((entry) => readFile(join(dataDir, entry.name), 'latin1')),
      );
      expect(texts.join('').length).toBeGreaterThan(100_000);
      expect(lines.filter((line) => texts.some((text) => text.includes(line)))).toEqual([]);
      const journals = await world.host.exec(['sh', '-c', 'cat /var/lib/gatehouse/*/log']);
      expect(lines.filter((line) => journals.stdout.includes(line))).toEqual([]);
    });
  },
);
