import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labAvailable } from '#lab/available';
import { startDemoHost } from '#lab/demo-host';
import { prepareLab } from '#lab/root-layers';

const available = labAvailable();
if (available !== true) {
  console.error(`No demo here: ${available}.`);
  process.exit(1);
}
await prepareLab(['packages', 'bookworm']);
const { host, key, buildbot, fingerprint, stop } = await startDemoHost();
const directory = mkdtempSync(join(tmpdir(), 'gatehouse-demo-'));
const keyFile = join(directory, 'key');
writeFileSync(keyFile, key.privateKey, { mode: 0o600 });

console.log(`
A host is up: Debian bookworm with nginx and Buildbot ${buildbot.version}.

  address       ${host.address}, port 22
  user          ${host.user} (sudo without password)
  private key   ${keyFile}
  fingerprint   ${fingerprint}
  upstream      ${buildbot.url} (on the host)

  ssh -i ${keyFile} -o StrictHostKeyChecking=accept-new ${host.user}@${host.address}

Ctrl-C takes it down.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    rmSync(directory, { recursive: true, force: true });
    await stop();
    process.exit(0);
  });
}
setInterval(() => {}, 60_000);
