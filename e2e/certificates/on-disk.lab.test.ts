import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labAvailable } from '#lab/index';
import { siteDocument, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();

describe.skipIf(available !== true)(
  `certificates on the disk${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld();
    });
    afterAll(() => world?.stop());

    const makePair = (name: string, days: number, cert: string, key: string) =>
      world.host.exec(
        `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days ${days} -subj /CN=${name} -addext subjectAltName=DNS:${name} -keyout ${key} -out ${cert} 2>/dev/null`,
      );
    const serial = (name: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const options = { host: world.host.address, port: 443, servername: name, rejectUnauthorized: false };
        const socket = connect(options, () => {
          resolve(socket.getPeerCertificate().serialNumber);
          socket.destroy();
        });
        socket.once('error', reject);
      });

    test('P13: replaced on the disk and not loaded: a plan of nothing but a reload', async () => {
      const name = 'files.example.com';
      const [certificate, key] = ['/etc/ssl/files.crt', '/etc/ssl/private/files.key'];
      await makePair(name, 90, certificate, key);
      const document = siteDocument({
        name: 'files',
        hostnames: [name],
        tls: { mode: 'files', certificate, key },
      });
      const siteId = await world.dashboard.createSite(document, [world.nginx]);
      const first = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(first.status, tell(first)).toBe('succeeded');
      expect((await world.dashboard.plan([siteId])).status).toBe('empty');
      const before = await serial(name);
      await makePair(name, 90, certificate, key);
      const tree = await world.tree();
      const plan = await world.dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      expect(plan.targets[0]?.chores).toMatchObject([{ kind: 'reload', site: 'files' }]);
      expect(await serial(name)).toBe(before);
      const apply = await world.dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      expect(await serial(name)).not.toBe(before);
      expect(await world.tree()).toBe(tree);
      expect((await world.dashboard.plan([siteId])).status).toBe('empty');
    });

    test('P13: a self-signed pair that is about to end is made again by a plan', async () => {
      const name = 'own.example.com';
      const siteId = await world.dashboard.createSite(siteDocument({ name: 'own', hostnames: [name] }), [
        world.nginx,
      ]);
      const first = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(first.status, tell(first)).toBe('succeeded');
      const [cert, key] = ['/etc/gatehouse/tls/own.crt', '/etc/gatehouse/tls/own.key'];
      expect((await world.host.exec(['ls', '/etc/gatehouse/tls'])).stdout).toContain('own');
      await makePair(name, 5, cert, key);
      await world.host.exec(['nginx', '-s', 'reload']);
      const plan = await world.dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      expect(plan.targets[0]?.chores).toMatchObject([{ kind: 'renew', site: 'own' }]);
      const apply = await world.dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      await world.host.exec(['openssl', 'x509', '-in', cert, '-noout', '-checkend', '2592000']);
      expect((await world.dashboard.plan([siteId])).status).toBe('empty');
    });

    test('what would not serve is said in the plan, before anything is loaded', async () => {
      const name = 'unfit.example.com';
      const [certificate, key] = ['/etc/ssl/unfit.crt', '/etc/ssl/private/unfit.key'];
      await makePair('other.example.com', 90, certificate, key);
      const document = siteDocument({
        name: 'unfit',
        hostnames: [name],
        tls: { mode: 'files', certificate, key },
      });
      const siteId = await world.dashboard.createSite(document, [world.nginx]);
      const plan = await world.dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('blocked');
      expect(plan.targets[0]?.issues).toContainEqual(
        expect.objectContaining({ code: 'host.certificate-unfit', severity: 'error' }),
      );
    });
  },
);
