import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Buildbot, type Host, labAvailable, type ServerName, startBuildbot } from '#lab/index';
import { siteDocument, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();
const servers: ServerName[] = ['nginx', 'apache', 'caddy'];
const usersFile = '/etc/ci-users';
// bcrypt of "secret", which all three web servers read.
const hash = '$2y$05$VNJqxFOzCZP5wbM5L2X05OK6j31oerUNar8yEWP7kMa00y7u0q2ra';

/** A name of its own, or a path of a shared one; people sign in at the proxy, which tells Buildbot who they are. */
describe.skipIf(available !== true)(
  `a real Buildbot behind every web server${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld();
    });
    afterAll(() => world?.stop());

    describe.each(servers)('%s', (server) => {
      let host: Host;
      let target: string;
      let atRoot: Buildbot;
      let belowPath: Buildbot;
      const rootUrl = `https://${server}.example.com/`;
      const pathUrl = `https://shared-${server}.example.com/buildbot/`;

      beforeAll(async () => {
        const added = await world.addHost({ name: server, servers: [server] });
        host = added.host;
        target = added.targets[server] ?? '';
        await host.writeFile(usersFile, server === 'caddy' ? `alice ${hash}\n` : `alice:${hash}\n`);
        [atRoot, belowPath] = await Promise.all([
          startBuildbot({ host, buildbotUrl: rootUrl, port: 8010 }),
          startBuildbot({ host, buildbotUrl: pathUrl, port: 8011, remoteUser: true }),
        ]);
      });
      afterAll(() => Promise.all([atRoot?.stop(), belowPath?.stop()]));

      /** Status and body of a page, asked from the host itself. */
      const ask = async (url: string, ...more: string[]) => {
        const argv = ['curl', '-sk', '-m', '10', '-w', '\n%{http_code}', '--connect-to', '::127.0.0.1:'];
        const { stdout } = await host.exec([...argv, ...more, url], { check: false });
        const lines = stdout.split('\n');
        return { status: Number(lines.at(-1)), body: lines.slice(0, -1).join('\n') };
      };

      const applied = async (siteIds: readonly string[]) => {
        const plan = await world.dashboard.plan(siteIds);
        expect(plan.status, tellPlan(plan)).toBe('ready');
        const apply = await world.dashboard.apply(plan);
        expect(apply.status, tell(apply)).toBe('succeeded');
        const probes = apply.targets[0]?.probes ?? [];
        expect(
          probes.filter(({ status }) => status !== 'passed'),
          tell(apply),
        ).toEqual([]);
        return probes;
      };

      test('at the root of its own name: page, WebSocket with a frame, event stream', async () => {
        const document = siteDocument({
          name: `${server}-root`,
          preset: 'buildbot',
          hostnames: [`${server}.example.com`],
          upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
        });
        const probes = await applied([await world.dashboard.createSite(document, [target])]);
        expect(new Set(probes.map(({ kind }) => kind))).toContain('event-stream');
        expect(probes.find(({ kind }) => kind === 'websocket')?.detail).toMatchObject({
          status: 101,
          frame: 'text',
        });
        expect((await ask(rootUrl)).body).toContain('Buildbot');
      });

      test('below a path of a shared name, signed in at the proxy: Buildbot knows who it is', async () => {
        const { dashboard } = world;
        const document = siteDocument({
          name: `${server}-path`,
          preset: 'buildbot',
          hostnames: [`shared-${server}.example.com`],
          prefix: { mode: 'strip', path: '/buildbot/' },
          upstreams: [{ servers: [{ address: '127.0.0.1', port: 8011 }] }],
          access: {
            auth: { mode: 'basic', realm: 'CI', usersFile },
            userHeader: { name: 'REMOTE_USER', value: '{user}@example.com' },
          },
        });
        const site = await dashboard.createSite(document, [target]);
        await applied([site]);
        expect((await ask(pathUrl)).status).toBe(401);
        expect((await ask(pathUrl, '-u', 'alice:wrong')).status).toBe(401);
        // Nobody else's word counts. The page signs in and leaves a cookie, below the path.
        const jar = ['-u', 'alice:secret', '-b', '/tmp/cookies', '-c', '/tmp/cookies'];
        const forged = ['-H', 'REMOTE_USER: root@example.com', '-H', 'Remote-User: root@example.com'];
        expect((await ask(pathUrl, ...jar, ...forged)).status).toBe(200);
        expect(await host.readFile('/tmp/cookies')).toMatch(/\t\/buildbot\/?\t/);
        const { body } = await ask(`${pathUrl}config`, ...jar, ...forged);
        expect(body).toMatch(/"username": ?"alice"/);
        // Hooks sign in by themselves: the answer is Buildbot's own.
        expect((await ask(`${pathUrl}change_hook/base`, '-d', '')).status).not.toBe(401);

        // Buildbot’s usual pattern wants user@realm: with a plain name the proxy lets alice in, and Buildbot does not know her.
        await dashboard.editSite(site, (edited) => {
          Object.assign(edited.access ?? {}, { userHeader: { name: 'REMOTE_USER', value: '{user}' } });
        });
        await applied([site]);
        const plain = ['-u', 'alice:secret', '-b', '/tmp/plain', '-c', '/tmp/plain'];
        expect((await ask(pathUrl, ...plain)).status).toBe(200);
        expect((await ask(`${pathUrl}config`, ...plain)).body).toMatch(/"anonymous": ?true/);
      });
    });
  },
);
