import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labAvailable } from '#lab/index';
import { type PlanResult, siteDocument } from '../apply/dashboard';
import { applyInChild } from '../apply/dashboard-child';
import { startWorld, type World } from '../apply/world';
import { buildPages, buildTimeoutMs, startServerProcess } from './server-process';

const available = labAvailable();
const withinMs = 120_000;

describe.skipIf(available !== true)(
  `starting after a crash${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let plan: PlanResult;

    beforeAll(async () => {
      await buildPages();
      world = await startWorld();
      const { dashboard, nginx } = world;
      const siteId = await dashboard.createSite(siteDocument(), [nginx]);
      plan = await dashboard.plan([siteId]);
    }, buildTimeoutMs);
    afterAll(() => world?.stop());

    test('G4: a dashboard that nobody visits finds out by itself what happened to an apply, and records it', async () => {
      const { dashboard } = world;
      const before = await world.tree();
      const child = await applyInChild(dashboard, plan, { dieAt: 'write' });
      expect(await child.gone).toBe('SIGKILL');
      const db = new Database(join(dashboard.server.dataDir, 'gatehouse.db'), { readonly: true });
      const read = db.prepare('SELECT status, failure FROM "Apply" WHERE id = ?');
      const record = () => read.get(child.applyId) as { status: string; failure: string | null };
      expect(record().status).toBe('running');
      const server = await startServerProcess(dashboard.server.dataDir, {}, { alone: true });
      try {
        const deadline = Date.now() + withinMs;
        while (['running', 'interrupted'].includes(record().status) && Date.now() < deadline)
          await new Promise((resolve) => setTimeout(resolve, 250));
      } finally {
        await server.stop();
      }
      expect(record().status).toBe('rolled-back');
      expect(await world.tree()).toBe(before);
      db.close();
    }, 300_000);
  },
);
