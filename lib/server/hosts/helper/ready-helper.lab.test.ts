import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labAvailable } from '#lab/index';
import { createConnectionPool } from '#server/hosts/ssh/connection-pool';
import { createOpenSshPool } from '#server/hosts/ssh/openssh-pool';
import type { Transport } from '#server/hosts/ssh/transport';
import { readFacts } from './host';
import { dismissHelper, readyHelper } from './ready-helper';
import { eventually, type HelperHost, startHelperHost } from './testing/helper-host';

const available = labAvailable();
const ways = [
  ['ssh2', createConnectionPool],
  ['OpenSSH', createOpenSshPool],
] as const;

describe.skipIf(available !== true).each(ways)(
  `a helper started before its request, through %s${available === true ? '' : ` (${available})`}`,
  (_way, makePool) => {
    let at: HelperHost;
    let transport: Transport;
    const pool = makePool();

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
      transport = pool.transport(at.target);
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    /** Ids of those that wait on the host for the header of a request. */
    const waiting = async () =>
      (await at.host.processes())
        .filter(({ command }) => command.startsWith('dd bs=160 '))
        .map(({ pid }) => pid);
    const waitsFor = (count: number) => eventually(async () => (await waiting()).length === count);

    it('is the one that gets the request, and only that one request', async () => {
      readyHelper(transport);
      readyHelper(transport);
      await waitsFor(1);
      const [before] = await waiting();
      const facts = readFacts(transport);
      await waitsFor(0);
      expect((await facts).servers.map(({ server }) => server)).toEqual(['nginx']);
      expect((await readFacts(transport)).servers.map(({ server }) => server)).toEqual(['nginx']);
      expect(await waiting()).not.toContain(before);
    });

    it('G4: is replaced when it died before it was asked, and nothing is asked twice', async () => {
      readyHelper(transport);
      await waitsFor(1);
      const [pid = 0] = await waiting();
      await at.host.exec(['kill', '-9', String(pid)]);
      await waitsFor(0);
      expect((await readFacts(transport)).servers).toHaveLength(1);
    });

    it('leaves nothing behind when nobody asks', async () => {
      readyHelper(transport);
      await waitsFor(1);
      dismissHelper(transport);
      await waitsFor(0);
      await eventually(async () => {
        const { stdout } = await at.host.exec('ls -d /run/gatehouse.?????? 2>/dev/null || true');
        return stdout === '';
      });
    });
  },
);
