import { createLab, createSshKey, type ServerName } from '#lab/index';
import { appliesIdle, stopApplies } from '#server/changes/applies/apply-jobs';
import { closeHosts } from '#server/hosts/open-host';
import { startTestServer } from '#server/testing/test-server';
import type { Cast } from './stage';

/** A dashboard and a lab of their own for one test file. */
export interface Company {
  cast(webServer: ServerName): Cast;
  stop(): Promise<void>;
}

export async function startCompany(): Promise<Company> {
  const key = await createSshKey();
  const lab = await createLab();
  const server = await startTestServer({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' });
  // All lines of the key but the first, in which every key of its kind begins alike.
  const secrets = key.privateKey.split('\n').slice(2, -2);
  return {
    cast: (webServer) => ({ lab, server, key, webServer, secrets }),
    async stop() {
      stopApplies();
      await appliesIdle();
      await closeHosts();
      await server.stop();
      await lab.stop();
    },
  };
}
