import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, labAvailable, startEcho } from '#lab/index';
import { siteDocument, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();

/** A site that says all it can about names and paths: the host takes what is made of it, and each block is seen to answer. */
describe.skipIf(available !== true)(
  `several applications, aliases and redirects${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld();
    });
    afterAll(() => world?.stop());

    describe.each(['nginx', 'apache', 'caddy'] as const)('%s', (server) => {
      let host: Host;
      const name = `ci.${server}.example.com`;
      const answer = async (url: string) => {
        const { hostname, protocol } = new URL(url);
        const port = protocol === 'https:' ? 443 : 80;
        const { stdout } = await host.exec([
          'curl',
          ...['-sk', '-m', '5', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', '--path-as-is'],
          ...['--resolve', `${hostname}:${port}:127.0.0.1`, url],
        ]);
        return stdout.trim();
      };

      beforeAll(async () => {
        const added = await world.addHost({ name: `names-${server}`, servers: [server] });
        host = added.host;
        await startEcho({ host });
        await startEcho({ host, port: 9001 });
        const document = siteDocument({
          name: `ci-${server}`,
          hostnames: [name],
          upstreams: [
            { servers: [{ address: '127.0.0.1', port: 9000 }] },
            { name: 'second', servers: [{ address: '127.0.0.1', port: 9001 }] },
          ],
          plainHttp: { paths: ['/badges/'] },
          aliases: { hostnames: [`old.${name}`], plainHostnames: [`short-${server}`] },
          redirects: [
            { from: '/moved', to: '/elsewhere', status: 302 },
            { from: '/docs/', match: 'below', to: 'https://docs.example.com/ci/' },
          ],
          applications: [
            {
              name: 'other',
              preset: 'generic',
              prefix: { mode: 'keep', path: '/other/' },
              upstream: 'second',
              locations: [{ match: { kind: 'prefix', path: '/admin/' }, class: 'deny' }],
            },
          ],
        });
        const siteId = await world.dashboard.createSite(document, [added.targets[server] ?? '']);
        const plan = await world.dashboard.plan([siteId]);
        expect(plan.status, tellPlan(plan)).toBe('ready');
        const apply = await world.dashboard.apply(plan);
        expect(apply.status, tell(apply)).toBe('succeeded');
      });

      test('each name and path leads where the document says', async () => {
        expect(await answer(`https://${name}/x`)).toBe('200');
        expect(await answer(`https://${name}/other/admin/x`)).toBe('403');
        expect(await answer(`https://${name}/other/x`)).toBe('200');
        expect(await answer(`https://old.${name}/a/b?c=d`)).toBe(`308 https://${name}/a/b?c=d`);
        expect(await answer(`http://old.${name}/a`)).toBe(`308 https://${name}/a`);
        expect(await answer(`http://short-${server}/a`)).toBe(`308 https://${name}/a`);
        expect(await answer(`https://${name}/moved?x=1`)).toBe(`302 https://${name}/elsewhere?x=1`);
        expect(await answer(`https://${name}/docs//a?x=1`)).toBe('308 https://docs.example.com/ci/a?x=1');
        expect(await answer(`http://${name}/x`)).toBe(`308 https://${name}/x`);
        expect(await answer(`http://${name}/badges/a.svg`)).toBe('200');
      });
    });
  },
);
