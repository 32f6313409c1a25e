import { expect } from 'vitest';
import { createSshKey } from '#lab/index';
import { hostChanges } from '#server/changes/plans/host-changes';
import { bootstrapScript, enrolledUser } from '#server/hosts/helper/bootstrap-script';
import { helperText } from '#server/hosts/helper/helper-text';
import { applyOnHost, readFacts, rollbackOnHost } from '#server/hosts/helper/host';
import { createConnectionPool } from '#server/hosts/ssh/connection-pool';
import { scanHostKey } from '#server/hosts/ssh/scan-host-key';
import type { Transport } from '#server/hosts/ssh/transport';
import type { Fault } from './matrix/fault';
import type { Edit, Stage } from './matrix/stage';

const helper = '/usr/local/lib/gatehouse/helper';

/** What happened to the installed helper, and what the dashboard must call that. */
const states = {
  'as installed': { script: 'true', error: null },
  missing: { script: `rm ${helper}`, error: 'helper-missing' },
  'not executable': { script: `chmod 644 ${helper}`, error: 'helper-missing' },
  older: {
    script: `sed -i -e 's/"protocol":1/"protocol":0/' -e 's/"$2" = 1 ] || return 2/"$2" = 0 ] || return 2/' ${helper}`,
    error: 'helper-outdated',
  },
  'tampered with': { script: `sed -i 's/^step() {/&\\n  : ;/' ${helper}`, error: 'helper-outdated' },
  'cut short': { script: `truncate -s 9000 ${helper}`, error: 'helper-missing' },
  'another program': {
    script: `printf '#!/bin/sh\\necho hello\\n' >${helper}`,
    error: 'helper-missing',
  },
} as const;

export const helperNotOurs: Fault = {
  name: 'helper missing, older or tampered with',
  run: (cell) =>
    cell.cases(Object.keys(states) as (keyof typeof states)[], async (stage, name) => {
      const { script, error } = states[name];
      const edit = await stage.edit();
      const transport = await enrol(stage);
      await stage.host.exec(script);
      await stage.remember(edit);
      const request = requestFor(edit);
      if (error === null) {
        expect((await applyOnHost(transport, request)).outcome).toBe('holding');
        expect((await rollbackOnHost(transport, request.applyId)).outcome).toBe('rolled-back');
      } else {
        await expect(readFacts(transport)).rejects.toMatchObject({ code: error });
        await expect(applyOnHost(transport, request)).rejects.toMatchObject({ code: error });
      }
      await stage.expectTruth(edit, null);
      return error ? `refused (${error})` : 'worked, undone';
    }),
};

/** Enrols the host until the end of the case. */
async function enrol(stage: Stage): Promise<Transport> {
  const { host } = stage;
  const key = await createSshKey();
  const pool = createConnectionPool();
  const script = bootstrapScript(key.publicKey);
  stage.undoLater(async () => {
    await pool.close();
    await host.exec('sh -s -- --remove', { stdin: script });
  });
  await host.exec('sh', { stdin: script });
  expect(await host.readFile(helper)).toBe(helperText());
  const { type, fingerprint } = await scanHostKey(host.address, host.port);
  return pool.transport({
    address: host.address,
    port: host.port,
    user: enrolledUser,
    privateKey: key.privateKey,
    hostKeyType: type,
    hostKeyFingerprint: fingerprint,
    account: 'enrolled',
  });
}

function requestFor({ plan, marker }: Edit): Parameters<typeof applyOnHost>[1] {
  const [target] = plan.targets;
  if (!target) throw new Error('no target');
  return {
    applyId: `enrolled-${marker}`,
    holder: 'ada@lab.test',
    holdSeconds: 60,
    startIfStopped: false,
    server: target.target.server,
    changes: hostChanges(target.changes),
    certificates: target.certificates,
    listeners: target.listeners,
    asks: [],
  };
}
