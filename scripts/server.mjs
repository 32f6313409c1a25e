// The web server: Next behind a thin layer that settles what Next leaves open, namely who the client is and which headers every
// answer carries. Started by `npm start`; settings come from the environment and were checked before.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import next from 'next';
import { clientAddress, proxyPerson, trustedNetworks } from './client-address.mjs';
import { takeLease } from './lease.mjs';
import { oneATurn } from './one-a-turn.mjs';
import { root } from './prepare.mjs';
import { answerRefusal, ownHosts, refuseRequest } from './refuse-request.mjs';
import { securityHeaders } from './security-headers.mjs';

const hostname = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);
const dev = process.env.NODE_ENV === 'development';
const words = (text) =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
const isTrusted = trustedNetworks(words(process.env.GATEHOUSE_TRUSTED_PROXIES));
const headers = Object.entries(
  securityHeaders((process.env.GATEHOUSE_PUBLIC_URL ?? '').startsWith('https://')),
);
const isOwnHost = process.env.GATEHOUSE_PUBLIC_URL
  ? null
  : ownHosts([...words(process.env.GATEHOUSE_ALLOWED_HOSTS), hostname]);
const signInHeader = process.env.GATEHOUSE_SIGN_IN_HEADER?.toLowerCase();
const believedOnlyFromUs = ['x-gatehouse-address', 'x-gatehouse-person', 'forwarded', 'x-real-ip'];

/** Before anything of the server runs: what looks after abandoned applies must know that nobody else is working on them. */
function ownDataDir() {
  if (!process.env.GATEHOUSE_DATA_DIR) return null;
  try {
    return takeLease(process.env.GATEHOUSE_DATA_DIR);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
const lease = ownDataDir();

const app = next({ dev, dir: root, hostname, port });
const handle = app.getRequestHandler();
const begin = oneATurn();
let closing = false;
// Proxies keep idle connections for a minute or so (nginx 60 s). They must be the ones to close them: a request that meets a connection
// which we are just closing, after Node's 5 s, would be a 502.
const keepAliveTimeout = 75_000;
const server = createServer({ keepAliveTimeout }, (request, response) => {
  // Only connections that were open before get here once it stops.
  if (closing) {
    response.writeHead(503, { connection: 'close', 'retry-after': '5' }).end();
    return;
  }
  const address = clientAddress(
    request.socket.remoteAddress,
    request.headers['x-forwarded-for']?.toString(),
    isTrusted,
  );
  const person = proxyPerson(request.socket.remoteAddress, request.headers, signInHeader, isTrusted);
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-forwarded-') || believedOnlyFromUs.includes(name)) delete request.headers[name];
  }
  request.headers['x-gatehouse-address'] = address;
  if (person !== null) request.headers['x-gatehouse-person'] = person;
  for (const [name, value] of headers) response.setHeader(name, value);
  const refusal = refuseRequest(request, isOwnHost);
  if (refusal) {
    console.log(answerRefusal(response, refusal, address));
    return;
  }
  begin(() => handle(request, response).catch(() => response.destroy()));
});

await app.prepare();
// Development reloads pages over a WebSocket.
if (dev) server.on('upgrade', app.getUpgradeHandler());
server.on('error', (error) => {
  console.error(`The server cannot listen on ${hostname}:${port}: ${error.message}`);
  process.exit(1);
});
const pidFile = process.env.GATEHOUSE_DATA_DIR && join(process.env.GATEHOUSE_DATA_DIR, 'server.pid');
server.listen(port, hostname, () => {
  if (pidFile) writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  process.send?.('listening');
});
process.on('exit', () => {
  lease?.release();
  if (pidFile && existsSync(pidFile) && Number(readFileSync(pidFile, 'utf8')) === process.pid)
    rmSync(pidFile);
});

/** Resolves when every request that was under way has its answer, or the time is over. */
async function finishRequests(graceMs) {
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const over = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise((done) => server.close(done));
  clearInterval(idle);
  clearTimeout(over);
}

/** No new requests, streams ended, applies at a safe point, SSH and database closed. */
async function stop() {
  const graceMs = dev ? 500 : Number(process.env.GATEHOUSE_STOP_SECONDS || 20) * 1000;
  // Laid out by the server's code inside the bundle; not there before its first moments are over.
  const inside = globalThis[Symbol.for('gatehouse.shut-down')];
  await Promise.all([finishRequests(graceMs), inside?.settle(graceMs)]);
  await inside?.close();
}

/** Another one may hold the directory by now, or nobody keeps what is written. */
const leaseCheckMs = 5000;
if (lease)
  setInterval(() => {
    if (closing || lease.isHeld()) return;
    console.error(
      'The data directory is not this dashboard’s any longer: it was moved or replaced. Stopping.',
    );
    process.exit(1);
  }, leaseCheckMs).unref();

/** A terminal sends its signal to the whole group, and `npm start` passes it on as well: those are one. */
const sameSignalMs = 700;
let since = 0;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (closing) {
      if (Date.now() - since > sameSignalMs) process.exit(1);
      return;
    }
    closing = true;
    since = Date.now();
    stop().then(
      () => process.exit(0),
      (error) => {
        console.error(`The server did not stop cleanly: ${error.message}`);
        process.exit(1);
      },
    );
  });
}
