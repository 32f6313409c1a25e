import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSshKey, labAvailable } from '#lab/index';
import { createConnectionPool } from '#server/hosts/ssh/connection-pool';
import type { Transport } from '#server/hosts/ssh/transport';
import { bootstrapScript, enrolledUser } from './bootstrap-script';
import { readFacts } from './host';
import { eventually, type HelperHost, startHelperHost } from './testing/helper-host';

const available = labAvailable();
const helper = '/usr/local/lib/gatehouse/helper';

describe.skipIf(available !== true)(
  `a host that never stops talking${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    let transport: Transport;
    const pool = createConnectionPool();

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'], sudo: 'none' });
      const key = await createSshKey({ comment: 'gatehouse' });
      await at.host.exec('sh', { stdin: bootstrapScript(key.publicKey) });
      transport = pool.transport({
        ...at.target,
        user: enrolledUser,
        privateKey: key.privateKey,
        account: 'enrolled',
      });
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    it.each([
      ['lines before any answer', 'yes banner'],
      ['events of an answer to nobody', `yes '{"event":"note","text":"again"}'`],
    ])('%s: it is cut off, and its process ends', async (_, command) => {
      await at.host.exec(
        `mv ${helper} ${helper}.own; printf '#!/bin/sh\\n%s\\n' '${command.replaceAll("'", "'\\''")}' >${helper}; chmod 755 ${helper}`,
      );
      try {
        await expect(readFacts(transport)).rejects.toMatchObject({ code: 'helper-protocol' });
        await eventually(async () => (await at.host.exec('pgrep -x yes', { check: false })).stdout === '');
      } finally {
        await at.host.exec(`mv ${helper}.own ${helper}`);
      }
      expect((await readFacts(transport)).host.uid).toBe(0);
    });
  },
);
