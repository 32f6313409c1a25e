import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labAvailable } from '#lab/index';
import { startDriftChecks, stopDriftChecks } from '#server/changes/drift/drift-jobs';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { siteDocument, tell } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();
const dead = 32;

describe.skipIf(available !== true)(
  `hosts that do not answer${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let silent: Server;
    let dials = 0;
    let livingId: string;

    beforeAll(async () => {
      process.env.GATEHOUSE_DRIFT_MINUTES = '0.05';
      world = await startWorld();
      const siteId = await world.dashboard.createSite(siteDocument(), [world.nginx]);
      const apply = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(apply.status, tell(apply)).toBe('succeeded');
      // Takes the connection and never says a word, which costs the whole time to connect.
      silent = createServer(() => {
        dials += 1;
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const address = silent.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const row = await db().host.findFirstOrThrow();
      livingId = row.id;
      const { teamId, transport, user, publicKey, secretId, hostKeyType, hostKeyFingerprint } = row;
      const alike = { teamId, transport, user, publicKey, secretId, hostKeyType, hostKeyFingerprint };
      await write(async (tx) => {
        for (let number = 0; number < dead; number++) {
          // Half of them silent, half of them nowhere.
          const place =
            number % 2 === 0
              ? { address: '127.0.0.1', port }
              : { address: world.lab.gateway.replace(/1$/, '250'), port: 22 };
          await tx.host.create({
            data: {
              ...alike,
              ...place,
              name: `dead-${number}`,
              targets: { create: { teamId, server: 'nginx' } },
            },
          });
        }
      });
    });
    afterAll(async () => {
      stopDriftChecks();
      delete process.env.GATEHOUSE_DRIFT_MINUTES;
      silent?.close();
      await world?.stop();
    });

    const until = async (is: () => Promise<boolean>, withinMs: number) => {
      for (const deadline = Date.now() + withinMs; !(await is()); ) {
        if (Date.now() > deadline) throw new Error('it did not come about in time');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const looked = async () =>
      (await db().host.findUniqueOrThrow({ where: { id: livingId } })).driftCheckedAt?.getTime() ?? 0;

    test('do not keep the living from being looked at, and are tried less and less', async () => {
      startDriftChecks();
      const away = () => db().host.count({ where: { unreachableSince: { not: null } } });
      await until(async () => (await away()) === dead, 120_000);
      const before = dials;
      const seen = new Set([await looked()]);
      const since = Date.now();
      await until(async () => seen.add(await looked()).size > 4, 60_000);
      const seconds = (Date.now() - since) / 1000;
      // Four looks with an interval of three seconds, while thirty-two hosts do not answer for five seconds each.
      expect(seconds).toBeLessThan(30);
      expect(dials - before).toBeLessThan(dead);
      const rows = await db().host.findMany({ where: { unreachableSince: { not: null } } });
      expect(rows).toHaveLength(dead);
      for (const { driftDueAt, unreachableSince } of rows) {
        const wait = (driftDueAt?.getTime() ?? 0) - (unreachableSince?.getTime() ?? 0);
        expect(wait).toBeGreaterThan(2_500);
      }
    }, 240_000);
  },
);
