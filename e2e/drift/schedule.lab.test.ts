import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { labAvailable } from '#lab/index';
import { startDriftChecks } from '#server/changes/drift/drift-jobs';
import { siteDocument, team, tell } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();
const params = { team };

describe.skipIf(available !== true)(
  `hosts are compared without being asked to${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    const conf = '/etc/caddy/Caddyfile';

    beforeAll(async () => {
      process.env.GATEHOUSE_DRIFT_MINUTES = '0.02';
      world = await startWorld();
    });
    afterAll(async () => {
      delete process.env.GATEHOUSE_DRIFT_MINUTES;
      await world?.stop();
    });

    /** Asks until the open files are these. */
    const untilOpen = async (paths: readonly string[]) => {
      for (;;) {
        const { items } = await world.dashboard.client.call(contract.drift.list, { params, query: {} });
        if (items.map(({ path }) => path).join() === paths.join()) return items;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    };

    test('a line of ours that others take out of their Caddyfile is found; their own edits are not', async () => {
      const { dashboard } = world;
      const { host, targets } = await world.addHost({ name: 'web2', servers: ['caddy'] });
      const site = siteDocument({ tls: { mode: 'none' }, httpPort: 8081 });
      const id = await dashboard.createSite(site, [targets.caddy ?? '']);
      const apply = await dashboard.apply(await dashboard.plan([id]));
      expect(apply.status, tell(apply)).toBe('succeeded');
      startDriftChecks();
      const ours = await host.readFile(conf);
      const line = ours.split('\n').find((each) => each.startsWith('import ')) ?? '';
      expect(line).not.toBe('');
      await host.writeFile(conf, `# their own\n${ours}`);
      await untilOpen([]);
      await host.writeFile(conf, `# their own\n${ours.replace(`${line}\n`, '')}`);
      const [file] = await untilOpen([conf]);
      expect(file).toMatchObject({ state: 'changed', role: 'include', site: null });
      const detail = await dashboard.client.call(contract.drift.get, {
        params: { team, id: file?.id ?? '' },
      });
      expect(detail.live).not.toContain(line);
      expect(detail.planned, 'their own lines stay').toContain('# their own');
      expect(detail.planned).toContain(line);
      await host.writeFile(conf, ours);
      await untilOpen([]);
    });
  },
);
