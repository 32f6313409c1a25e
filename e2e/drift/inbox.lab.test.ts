import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { DriftDetail, DriftFile, DriftSummary } from '#api/contract/drift';
import { contract } from '#api/contract/index';
import { AppliedDocument } from '#core/plan/applied-file';
import { withoutTokens } from '#core/servers/block-tokens';
import { type Host, labAvailable } from '#lab/index';
import { keyOf, readDrift } from '#server/changes/drift/read-drift';
import { openHost } from '#server/hosts/open-host';
import type { Transport } from '#server/hosts/ssh/transport';
import { db } from '#server/platform/database/db';
import { siteDocument, team, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

type File = z.output<typeof DriftFile>;
const available = labAvailable();
const params = { team };

describe.skipIf(available !== true)(
  `drift on real hosts${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let siteId: string;
    const conf = '/etc/nginx/sites-available/gatehouse-ci.conf';
    const link = '/etc/nginx/sites-enabled/gatehouse-ci.conf';

    const check = (): Promise<z.output<typeof DriftSummary>> =>
      world.dashboard.client.call(contract.drift.check, { params, body: { hostIds: 'all' } });
    const list = async (show: 'open' | 'ignored' | 'accepted' | 'all' = 'open'): Promise<File[]> =>
      (await world.dashboard.client.call(contract.drift.list, { params, query: { show } })).items;
    const get = (id: string): Promise<z.output<typeof DriftDetail>> =>
      world.dashboard.client.call(contract.drift.get, { params: { team, id } });
    const site = () => world.dashboard.client.call(contract.sites.get, { params: { team, id: siteId } });
    const events = async () =>
      (
        await db().activity.findMany({ where: { event: { startsWith: 'drift.' } }, orderBy: { at: 'asc' } })
      ).map(({ event }) => event);
    /** Looks, and answers with the only file that is not as it was left. */
    const only = async (): Promise<File> => {
      await check();
      const items = await list();
      expect(items.map(({ path }) => path)).toHaveLength(1);
      return items[0] as File;
    };
    const append = async (host: Host, text: string) =>
      host.writeFile(conf, `${await host.readFile(conf)}${text}`);
    const revert = async (ids: string[]) => {
      const plan = await world.dashboard.client.call(contract.drift.revert, { params, body: { ids } });
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const apply = await world.dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
    };

    beforeAll(async () => {
      world = await startWorld();
      siteId = await world.dashboard.createSite(siteDocument(), [world.nginx]);
      const apply = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(apply.status, tell(apply)).toBe('succeeded');
    });
    afterAll(() => world?.stop());

    test('an untouched host is in sync, and looking writes nothing to it', async () => {
      const etc = await world.host.treeHash('/etc', { times: true });
      const summary = await check();
      expect(summary).toMatchObject({ open: 0, unreachable: 0, hosts: [{ name: 'web1', open: 0 }] });
      expect(summary.hosts[0]?.checkedAt).not.toBeNull();
      expect(summary.hosts[0]?.files).toBeGreaterThan(0);
      expect(await world.host.treeHash('/etc', { times: true })).toBe(etc);
      expect((await site()).sync).toBe('in-sync');
    });

    test('one request per host: a second one only for texts that nobody has read yet', async () => {
      const [row] = await db().host.findMany({ include: { targets: { include: { appliedFiles: true } } } });
      const transport = await openHost(row?.id ?? '');
      let requests = 0;
      const counting: Transport = {
        ...transport,
        exec: (...given) => {
          requests++;
          return transport.exec(...given);
        },
      };
      const left = (row?.targets ?? []).flatMap(({ id, appliedFiles }) =>
        appliedFiles.map(({ role, siteId, document }) => ({
          targetId: id,
          role,
          siteId,
          document: AppliedDocument.parse(document),
        })),
      );
      const look = async (known = new Map<string, string>()) => {
        requests = 0;
        const targets = new Map([['nginx' as const, world.nginx]]);
        const found = await readDrift(counting, { targets, left, known, seenLines: new Map() }, {});
        return { found, requests };
      };
      const text = await world.host.readFile(conf);
      try {
        expect(left.length).toBeGreaterThan(2);
        expect(await look()).toEqual({ found: [], requests: 1 });
        await world.host.writeFile(conf, `${text}# by hand\n`);
        const first = await look();
        expect(first).toMatchObject({ found: [{ content: `${text}# by hand\n` }], requests: 2 });
        const known = new Map(first.found.map(({ targetId, path, print }) => [keyOf(targetId, path), print]));
        expect(await look(known)).toMatchObject({ found: [{ content: undefined }], requests: 1 });
      } finally {
        await world.host.writeFile(conf, text);
        await transport.close();
      }
    });

    test('a manual edit is in the inbox, three ways, and a reverting plan takes it out', async () => {
      await append(world.host, '# by hand\n');
      const edited = await world.host.readFile(conf);
      const file = await only();
      expect(file).toMatchObject({ path: conf, state: 'changed', site: { name: 'ci' }, decision: null });
      expect(await world.host.readFile(conf), 'looking never overwrites').toBe(edited);
      const detail = await get(file.id);
      expect(detail.live).toBe(edited);
      expect(detail.lastApplied).toBe(edited.replace('# by hand\n', ''));
      expect(detail.planned).toBe(detail.lastApplied);
      expect(detail.adoption).toEqual({ kind: 'none' });
      expect((await site()).sync).toBe('drifted');
      await revert([file.id]);
      expect(await list('all'), 'gone without waiting for the next look').toEqual([]);
      expect(await world.host.readFile(conf)).toBe(detail.lastApplied);
      expect((await site()).sync).toBe('in-sync');
    });

    test('ignored with a reason until the file changes again; the decision names what was seen', async () => {
      await append(world.host, '# one\n');
      const file = await only();
      const at = { params: { team, id: file.id } };
      const { client } = world.dashboard;
      await expect(
        client.call(contract.drift.ignore, { ...at, body: { print: 'b'.repeat(64), reason: 'x' } }),
      ).rejects.toMatchObject({ problem: { code: 'stale' } });
      await expect(
        client.call(contract.drift.ignore, { ...at, body: { print: file.print, reason: '' } }),
      ).rejects.toMatchObject({ problem: { code: 'invalid' } });
      await client.call(contract.drift.ignore, { ...at, body: { print: file.print, reason: 'a test' } });
      expect(await list()).toEqual([]);
      expect((await site()).sync).toBe('in-sync');
      await check();
      expect(await list('ignored')).toMatchObject([
        { id: file.id, decision: { kind: 'ignored', reason: 'a test' } },
      ]);
      await client.call(contract.drift.reopen, at);
      expect(await list()).toHaveLength(1);
      await client.call(contract.drift.ignore, { ...at, body: { print: file.print, reason: 'again' } });
      await append(world.host, '# two\n');
      const changed = await only();
      expect(changed).toMatchObject({ id: file.id, decision: null });
      expect(changed.firstSeenAt).toBe(file.firstSeenAt);
      expect(Date.parse(changed.changedAt)).toBeGreaterThan(Date.parse(file.changedAt));
      expect(changed.print).not.toBe(file.print);
    });

    test('accepted as it is: in sync, and the next plan of the site still says that it replaces the edit', async () => {
      const file = await only();
      const { dashboard } = world;
      await dashboard.client.call(contract.drift.accept, {
        params: { team, id: file.id },
        body: { print: file.print, reason: 'ours now' },
      });
      expect((await site()).sync).toBe('in-sync');
      const plan = await dashboard.plan([siteId]);
      expect(plan.targets[0]?.issues).toContainEqual(expect.objectContaining({ code: 'plan.drift' }));
      expect(await world.host.readFile(conf)).toContain('# two');
      await revert([file.id]);
      expect(await list('all')).toEqual([]);
    });

    test('an edit that the form has words for is adopted: a revision that makes that text', async () => {
      const before = await world.host.readFile(conf);
      const edited = before.replace('client_max_body_size 16m;', 'client_max_body_size 77m;');
      expect(edited).not.toBe(before);
      await world.host.writeFile(conf, edited);
      const file = await only();
      expect((await get(file.id)).adoption).toEqual({
        kind: 'exact',
        values: [{ path: ['limits', 'bodySizeMib'], before: null, after: 77 }],
      });
      const { client } = world.dashboard;
      const adopted = await client.call(contract.drift.adopt, {
        params: { team, id: file.id },
        body: { print: file.print },
      });
      expect(adopted).toMatchObject({ siteId, revision: 2 });
      expect((await site()).document.limits.bodySizeMib).toBe(77);
      const plan = await world.dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const apply = await world.dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      expect(await list('all')).toEqual([]);
      // The blocks have got the tokens of their text; nothing else has changed.
      expect(withoutTokens(await world.host.readFile(conf))).toBe(withoutTokens(edited));
      await check();
      expect(await list('all')).toEqual([]);
      expect((await site()).sync).toBe('in-sync');
    });

    test('missing, other mode, replaced, and a file that is nobody’s', async () => {
      const stray = '/etc/nginx/conf.d/gatehouse-other.conf';
      await world.host.exec(['rm', link]);
      await world.host.exec(['chmod', '600', conf]);
      await world.host.writeFile(stray, '# of somebody else\n');
      await check();
      const found = await list();
      expect(Object.fromEntries(found.map(({ path, state }) => [path, state]))).toEqual({
        [stray]: 'stray',
        [conf]: 'permissions',
        [link]: 'missing',
      });
      const of = (path: string) => found.find((file) => file.path === path)?.id ?? '';
      expect((await get(of(stray))).live).toBe('# of somebody else\n');
      await expect(
        world.dashboard.client.call(contract.drift.revert, { params, body: { ids: [of(stray)] } }),
      ).rejects.toMatchObject({ problem: { code: 'conflict' } });
      await world.host.exec(['sh', '-c', 'rm "$1" && mkdir "$1"', 'sh', conf]);
      await check();
      expect((await list()).find(({ path }) => path === conf)?.state).toBe('replaced');
      await world.host.exec(['rmdir', conf]);
      await world.host.exec(['rm', stray]);
      await check();
      expect((await list()).map(({ path, state }) => [path, state])).toEqual([
        [conf, 'missing'],
        [link, 'missing'],
      ]);
      await revert((await list()).map(({ id }) => id));
      await check();
      expect(await list('all')).toEqual([]);
    });

    test('every step is on the team’s record', async () => {
      const seen = new Set(await events());
      for (const event of [
        'drift.found',
        'drift.gone',
        'drift.checked',
        'drift.ignored',
        'drift.reopened',
        'drift.accepted',
        'drift.adopted',
        'drift.revert-planned',
      ])
        expect(seen).toContain(event);
    });

    test('a host that cannot be reached says since when, keeps what was known, and comes back by itself', async () => {
      await append(world.host, '# before the cut\n');
      await only();
      await world.host.cutLink();
      const first = await check();
      expect(first).toMatchObject({ unreachable: 1, open: 1 });
      const since = first.hosts[0]?.unreachableSince;
      expect(since).not.toBeNull();
      expect(first.hosts[0]?.error?.message).toBeTruthy();
      expect((await check()).hosts[0]?.unreachableSince, 'the first failure counts').toBe(since);
      expect(await list()).toHaveLength(1);
      await world.host.restoreLink();
      const back = await check();
      expect(back.hosts[0]).toMatchObject({ unreachableSince: null, error: null });
      await revert((await list()).map(({ id }) => id));
    });
  },
);
