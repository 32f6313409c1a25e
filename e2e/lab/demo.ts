import { labAvailable } from '#lab/available';
import { startDemoDashboard } from '#lab/demo-dashboard';
import { startDemoHost } from '#lab/demo-host';
import { prepareLab } from '#lab/root-layers';

/** `npm run demo`: a real host with nginx and a real Buildbot, and a dashboard connected to it. Ctrl-C takes all of it down. */
const available = labAvailable();
if (available !== true) {
  console.error(`No demo here: ${available}.`);
  process.exit(1);
}
const name = 'ci.gatehouse.test';
console.log('Preparing a host (the first time takes a minute) …');
await prepareLab(['packages', 'bookworm']);
const demo = await startDemoHost({ buildbotUrl: `https://${name}/` });
const dashboard = await startDemoDashboard(demo, Number(process.env.PORT || 3000)).catch(
  async (error: Error) => {
    await demo.stop();
    console.error(`The demo could not start: ${error.message}`);
    process.exit(1);
  },
);

console.log(`
The demo is up.

  dashboard   ${dashboard.url}
  sign in     ${dashboard.email}   password: ${dashboard.password}
  host        ${demo.host.name} (${demo.host.address}), ${dashboard.servers.join(', ')}: already connected
  Buildbot    ${demo.buildbot.version}, on the host's 127.0.0.1:8010, believing to be https://${name}/

Try it: New site → Buildbot → host name ${name} → TLS “Self-signed” → runs on ${demo.host.name} → Save → Plan changes → Apply.
Then see it:

  curl -k --resolve ${name}:443:${demo.host.address} https://${name}/
  or add “${demo.host.address} ${name}” to /etc/hosts and open https://${name}/ in the browser.

Ctrl-C takes everything down again.`);

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (closing) return;
    closing = true;
    await dashboard.stop();
    await demo.stop();
    process.exit(0);
  });
}
setInterval(() => {}, 60_000);
