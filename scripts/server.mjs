// The web server: Next behind a thin layer that settles what Next leaves open, namely who the client is and which headers every
// answer carries. Started by `npm start`; settings come from the environment and were checked before.
import { createServer } from 'node:http';
import next from 'next';
import { clientAddress, trustedNetworks } from './client-address.mjs';
import { root } from './prepare.mjs';
import { securityHeaders } from './security-headers.mjs';

const hostname = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);
const dev = process.env.NODE_ENV === 'development';
const isTrusted = trustedNetworks(
  (process.env.GATEHOUSE_TRUSTED_PROXIES ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
const headers = Object.entries(
  securityHeaders((process.env.GATEHOUSE_PUBLIC_URL ?? '').startsWith('https://')),
);
const believedOnlyFromUs = ['x-gatehouse-address', 'forwarded', 'x-real-ip'];

const app = next({ dev, dir: root, hostname, port });
const handle = app.getRequestHandler();
const server = createServer((request, response) => {
  const address = clientAddress(
    request.socket.remoteAddress,
    request.headers['x-forwarded-for']?.toString(),
    isTrusted,
  );
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-forwarded-') || believedOnlyFromUs.includes(name)) delete request.headers[name];
  }
  request.headers['x-gatehouse-address'] = address;
  for (const [name, value] of headers) response.setHeader(name, value);
  handle(request, response).catch(() => response.destroy());
});

await app.prepare();
// Development reloads pages over a WebSocket.
if (dev) server.on('upgrade', app.getUpgradeHandler());
server.on('error', (error) => {
  console.error(`The server cannot listen on ${hostname}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, hostname, () => process.send?.('listening'));

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    server.close(() => process.exit(0));
    // Open event streams would keep it from closing; their readers come back by themselves.
    setTimeout(() => process.exit(0), 2000).unref();
    server.closeIdleConnections();
  });
}
