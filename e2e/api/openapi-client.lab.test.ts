import { randomUUID } from 'node:crypto';
import type { AxiosResponse } from 'axios';
import { type Document, type OpenAPIClient, OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labAvailable } from '#lab/index';
import { listen } from '#server/testing/listen';
import { siteDocument, team } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();

/** Everything here goes by the document alone: no types, paths or schemas of ours. */
describe.skipIf(available !== true)(
  `a client generated from the OpenAPI document${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let http: Awaited<ReturnType<typeof listen>>;
    let client: OpenAPIClient;
    const sites: { id: string; head: number }[] = [];
    const call = (operation: string, ...args: unknown[]): Promise<AxiosResponse> => {
      const method = (client as unknown as Record<string, (...args: unknown[]) => Promise<AxiosResponse>>)[
        operation
      ];
      if (!method) throw new Error(`the document has no ${operation}`);
      return method(...args);
    };
    const body = (name: string, targetIds: readonly string[] = []) => ({
      document: siteDocument({ name, hostnames: [`${name}.example.com`] }),
      targetIds,
    });

    beforeAll(async () => {
      world = await startWorld();
      http = await listen(world.dashboard.server);
      const definition = (await (await fetch(`${http.url}/api/v1/openapi.json`)).json()) as Document;
      const api = new OpenAPIClientAxios({
        definition,
        withServer: { url: http.url },
        axiosConfigDefaults: {
          headers: { authorization: `Bearer ${world.dashboard.token}` },
          validateStatus: () => true,
        },
      });
      client = await api.init();
    });
    afterAll(async () => {
      await http?.close();
      await world?.stop();
    });

    test('creates sites, each once whatever is repeated', async () => {
      for (const name of ['one', 'two', 'three']) {
        const headers = { 'Idempotency-Key': `"${randomUUID()}"` };
        const first = await call('sites_create', { team }, body(name, [world.nginx]), { headers });
        const again = await call('sites_create', { team }, body(name, [world.nginx]), { headers });
        expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([
          201,
          201,
          'true',
        ]);
        expect(again.data).toEqual(first.data);
        sites.push(first.data);
      }
      const taken = await call('sites_create', { team }, body('one'));
      expect([taken.status, taken.headers['content-type']]).toEqual([
        expect.toSatisfy((status: number) => status === 409 || status === 422),
        'application/problem+json',
      ]);
    });

    test('reads a list page by page, and is told its limits', async () => {
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await call('sites_list', { team, limit: 2, ...(cursor ? { cursor } : {}) });
        expect([page.status, page.data.total]).toEqual([200, 3]);
        expect(page.headers['ratelimit-policy']).toMatch(/^"default";q=\d+;w=\d+$/);
        names.push(...page.data.items.map(({ name }: { name: string }) => name));
        cursor = page.data.next ?? undefined;
      } while (cursor);
      expect(names).toEqual(['one', 'three', 'two']);
    });

    test('edits what it read, and not what somebody else edited since', async () => {
      const id = sites[0]?.id;
      const read = await call('sites_get', { team, id });
      const etag = read.headers.etag;
      const edited = { ...body('one', [world.nginx]), message: 'edited' };
      edited.document.description = 'by a generated client';
      const headers = { 'If-Match': etag };
      const saved = await call('sites_update', { team, id }, edited, { headers });
      expect([saved.status, saved.data.head, saved.headers.etag]).toEqual([200, 2, '"2"']);
      const stale = await call('sites_update', { team, id }, edited, { headers });
      expect([stale.status, stale.data.code]).toEqual([412, 'stale']);
      expect((await call('sites_update', { team, id }, edited)).status).toBe(428);
    });

    test('plans, applies and sees the host as planned', async () => {
      const siteIds = sites.map(({ id }) => id);
      const plan = await call('plans_create', { team }, { siteIds });
      expect([plan.status, plan.data.status]).toEqual([201, 'ready']);
      const headers = { 'Idempotency-Key': `"${randomUUID()}"` };
      const input = { planId: plan.data.id, planHash: plan.data.hash };
      const started = await call('applies_create', { team }, input, { headers });
      const again = await call('applies_create', { team }, input, { headers });
      expect([started.status, again.status, again.data.id]).toEqual([202, 202, started.data.id]);
      const apply = await world.dashboard.until(started.data.id, ({ finishedAt }) => finishedAt !== null);
      expect(apply.status).toBe('succeeded');
      expect((await call('plans_create', { team }, { siteIds })).data.status).toBe('empty');
      expect(await world.visit(world.host, 'https://one.example.com/')).toMatch(/^200 /);
    });

    test('a token that is not for that is told so, in the words of the document', async () => {
      const headers = { authorization: 'Bearer gh_of-nobody' };
      const refused = await call('sites_list', { team }, null, { headers });
      expect([refused.status, refused.data.code, refused.data.title]).toEqual([
        401,
        'unauthenticated',
        'Sign in first',
      ]);
    });
  },
);
