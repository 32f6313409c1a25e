import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Buildbot, labAvailable, startBuildbot } from '#lab/index';
import { siteDocument, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();

describe.skipIf(available !== true)(`a real Buildbot${available === true ? '' : ` (${available})`}`, () => {
  let world: World;
  let buildbot: Buildbot;

  beforeAll(async () => {
    world = await startWorld();
    buildbot = await startBuildbot({ host: world.host, buildbotUrl: 'https://bb.example.com/' });
  });
  afterAll(async () => {
    await buildbot?.stop();
    await world?.stop();
  });

  test('every check of the preset passes through nginx: page, WebSocket with a frame, event stream unbuffered', async () => {
    const { dashboard, nginx } = world;
    const document = siteDocument({
      name: 'bb',
      preset: 'buildbot',
      hostnames: ['bb.example.com'],
      upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
    });
    const plan = await dashboard.plan([await dashboard.createSite(document, [nginx])]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    const apply = await dashboard.apply(plan);
    expect(apply.status, tell(apply)).toBe('succeeded');
    const probes = apply.targets[0]?.probes ?? [];
    expect(new Set(probes.map(({ kind }) => kind))).toEqual(
      new Set([
        'redirect',
        'certificate',
        'page',
        'websocket',
        'event-stream',
        'forwarded-headers',
        'unknown-host',
      ]),
    );
    expect(
      probes.filter(({ status }) => status !== 'passed'),
      tell(apply),
    ).toEqual([]);
    expect(probes.find(({ kind }) => kind === 'websocket')?.detail).toMatchObject({
      status: 101,
      frame: 'text',
    });
    expect(await world.visit(world.host, 'https://bb.example.com/')).toMatch(/^200 [\s\S]*Buildbot/);
  });

  test('a Buildbot that is down before and after an apply undoes nothing; its checks say what is wrong', async () => {
    const { dashboard } = world;
    const [site] = (await dashboard.plan([await siteId()])).sites;
    await buildbot.stop();
    await dashboard.editSite(site?.id ?? '', (document) =>
      Object.assign(document, { limits: { bodySizeMib: 30 } }),
    );
    const apply = await dashboard.apply(await dashboard.plan([site?.id ?? '']));
    expect(apply.status, tell(apply)).toBe('succeeded');
    const failed =
      apply.targets[0]?.probes.filter(({ phase, status }) => phase === 'after' && status === 'failed') ?? [];
    expect(failed.map(({ kind }) => kind)).toContain('websocket');
    expect(failed.find(({ kind }) => kind === 'page')?.message).toContain('502');
  });

  async function siteId(): Promise<string> {
    const { contract } = await import('#api/contract/index');
    const { items } = await world.dashboard.client.call(contract.sites.list, { params: { team: 'lab' } });
    return items[0]?.id ?? '';
  }
});
