import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, labAvailable, startEcho } from '#lab/index';
import { type Pebble, startPebble } from '#server/certificates/acme/testing/start-pebble';
import { siteDocument, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();

describe.skipIf(available !== true)(
  `certificates that Caddy fetches by itself${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let ca: Pebble;
    let host: Host;
    let target: string;

    beforeAll(async () => {
      world = await startWorld();
      // Its refusals of nonces (5 %) stay on, and each validation takes its time.
      ca = await startPebble({ address: world.lab.gateway, tlsPort: 443, sleepSeconds: 10 });
      const added = await world.addHost({ name: 'automatic', servers: ['caddy'] });
      host = added.host;
      target = added.targets.caddy ?? '';
      await startEcho({ host });
      await host.writeFile('/etc/caddy/pebble.pem', ca.caPem);
      await host.exec(
        `printf '{\\n\\tacme_ca ${ca.directoryUrl}\\n\\tacme_ca_root /etc/caddy/pebble.pem\\n}\\n' >/etc/caddy/Caddyfile; caddy reload --config /etc/caddy/Caddyfile --force`,
      );
    });
    afterAll(async () => {
      await ca?.stop();
      await world?.stop();
    });

    /** Serial of what a visitor gets who trusts the CA's root alone; throws where the chain does not lead there. */
    async function visit(name: string): Promise<string> {
      const root = await ca.root();
      return new Promise((resolve, reject) => {
        const socket = connect({ host: host.address, port: 443, servername: name, ca: root }, () => {
          resolve(socket.getPeerCertificate().serialNumber);
          socket.destroy();
        });
        socket.once('error', reject);
      });
    }

    test('one apply: the site is proven once its certificate is there, however long the CA takes', async () => {
      const name = 'automatic.example.org';
      await ca.resolveTo(name, host.address);
      const document = siteDocument({ name: 'auto', hostnames: [name], tls: { mode: 'automatic' } });
      const siteId = await world.dashboard.createSite(document, [target]);
      const plan = await world.dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const apply = await world.dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      const step = apply.targets[0]?.steps.find((each) => each.name === 'await-certificate');
      expect(step).toMatchObject({ status: 'ok' });
      expect(await visit(name)).toBeTruthy();
      expect(await world.visit(host, `https://${name}/`)).toMatch(/^200 /);
    });

    test('a certificate that does not come ends as rolled back, with Caddy’s own words', async () => {
      const name = 'nowhere.example.org';
      await ca.resolveTo(name, '127.0.0.9');
      const document = siteDocument({ name: 'nowhere', hostnames: [name], tls: { mode: 'automatic' } });
      const siteId = await world.dashboard.createSite(document, [target]);
      const before = await world.tree(host);
      const { id } = await world.dashboard.start(await world.dashboard.plan([siteId]));
      const apply = await world.dashboard.until(id, ({ finishedAt }) => finishedAt !== null, 200_000);
      expect(apply.status, tell(apply)).toBe('rolled-back');
      const failure = apply.targets[0]?.failure;
      expect(failure).toMatchObject({ code: 'apply.certificate-not-issued' });
      expect(failure?.message).toContain('nowhere.example.org');
      expect(await world.tree(host)).toBe(before);
      expect(await visit('automatic.example.org')).toBeTruthy();
    }, 300_000);
  },
);
