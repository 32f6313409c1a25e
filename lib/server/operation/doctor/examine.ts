import 'server-only';
import { existsSync, statSync } from 'node:fs';
import { env } from '../../platform/env';
import { verifyChain } from '../activity/verify-chain';
import { checkAccount } from './check-account';
import { checkDatabase } from './check-database';
import { checkDisk, checkFiles } from './check-files';
import { checkHosts } from './check-hosts';
import { checkBackup, checkServer, checkVersions, checkWay } from './check-server';
import { type Finding, failed, ok, skipped } from './finding';

/** The record of who did what: nothing in it was changed, removed or slipped in. */
async function checkRecord(): Promise<Finding> {
  const { broken, rows } = await verifyChain();
  if (!broken) return ok('record', `The activity record is intact: ${rows} rows.`);
  return failed(
    'record',
    `The activity record is broken: row ${broken.sequence} ${broken.reason}. Somebody wrote to the database without Gatehouse.`,
    'gatehouse activity verify',
  );
}

/**
 * Looks at the whole installation without changing anything of it; the dashboard may run or not. Hosts are asked only when wanted, since that
 * takes as long as the slowest of them.
 */
export async function examine({ hosts }: { readonly hosts: boolean }): Promise<readonly Finding[]> {
  const settings = env();
  const { dataDir, databaseFile, secretKeyFile } = settings;
  const now = new Date();
  const files = checkFiles(dataDir, secretKeyFile);
  if (!existsSync(dataDir)) return [checkVersions(), ...files];
  const database = await checkDatabase(databaseFile, secretKeyFile, now);
  const bytes = existsSync(databaseFile) ? statSync(databaseFile).size : 0;
  const usable = database.every(
    ({ id, status }) => status === 'ok' || id === 'clock' || status === 'warning',
  );
  const current = usable && database.some(({ id, status }) => id === 'schema' && status === 'ok');
  const asked = !hosts
    ? [skipped('hosts', 'Not asked; add --hosts.')]
    : usable
      ? await checkHosts()
      : [skipped('hosts', 'Not asked: the lines above come first.')];
  return [
    checkVersions(),
    ...files,
    checkDisk(dataDir, bytes),
    ...database,
    current ? await checkRecord() : skipped('record', 'Not looked at: the lines above come first.'),
    await checkServer(settings),
    checkAccount(settings),
    checkWay(settings),
    checkBackup(settings, now),
    ...asked,
  ];
}
