import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostChange } from '#core/host/protocol';
import type { ServerKind } from '#core/web-server/render-target';
import { createSshKey, labAvailable } from '#lab/index';
import { createConnectionPool } from '#server/hosts/ssh/connection-pool';
import type { Transport } from '#server/hosts/ssh/transport';
import { bootstrapScript, enrolledUser } from './bootstrap-script';
import { preflightOnHost } from './host';
import { attacks } from './testing/attacks';
import { type HelperHost, startHelperHost, untouchedFiles } from './testing/helper-host';

const available = labAvailable();

/** Where something could be written to any avail. What only its owner may read is in there as well. */
const places = [
  '/boot',
  '/etc',
  '/home',
  '/mnt',
  '/opt',
  '/root',
  '/run',
  '/srv',
  '/tmp',
  '/usr/local',
  '/var',
];

describe.skipIf(available !== true)(
  `class "a dry run with powers"${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const ways = new Map<string, Transport>();
    const pool = createConnectionPool();

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx', 'apache', 'caddy'] });
      const key = await createSshKey({ comment: 'gatehouse' });
      await at.host.exec('sh', { stdin: bootstrapScript(key.publicKey) });
      ways.set('a direct account', at.transport);
      ways.set(
        'a locked-down key',
        pool.transport({
          ...at.target,
          user: enrolledUser,
          privateKey: key.privateKey,
          account: 'enrolled',
        }),
      );
      // The first connection of the day leaves traces of its own.
      await preflight('a locked-down key', 'nginx', []);
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    const ofLogins =
      /\/(?:run\/(?:sshd|sudo|lab|utmp|motd)|var\/log\/(?:wtmp|lastlog|btmp|auth)|var\/lib\/sudo)/;
    const files = async () =>
      (await untouchedFiles(at.host, places))
        .split('\n')
        .filter((line) => !ofLogins.test(line))
        .concat(await at.host.readFile('/proc/sys/kernel/core_pattern'))
        .join('\n');

    function preflight(way: string, server: ServerKind, changes: HostChange[]) {
      const transport = ways.get(way);
      if (!transport) throw new Error(`no transport for ${way}`);
      return preflightOnHost(transport, { server, certificates: [], changes });
    }

    describe.each(['namespaces', 'no namespaces'])('on a host with %s', (host) => {
      beforeAll(async () => {
        if (host === 'no namespaces') await at.host.exec('mv /usr/bin/unshare /usr/bin/unshare.away');
      });
      afterAll(async () => {
        if (host === 'no namespaces') await at.host.exec('mv /usr/bin/unshare.away /usr/bin/unshare');
      });

      it.each(['a direct account', 'a locked-down key'])(
        '%s gets nothing written',
        async (way) => {
          const before = await files();
          for (const { name, server, changes } of attacks) {
            const { errors, candidate } = await preflight(way, server, changes);
            expect([name, errors[0]?.code, candidate]).toEqual([name, 'content-not-allowed', null]);
          }
          // A locked-down helper answers before its work directory is gone.
          await expect.poll(files, { timeout: 30_000, interval: 500 }).toBe(before);
        },
        600_000,
      );
    });
  },
);
