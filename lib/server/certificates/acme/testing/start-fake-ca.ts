import 'server-only';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A CA that answers what a test tells it to: limits, ARI, profiles, lies. It signs nothing. */
export interface FakeCa {
  readonly origin: string;
  readonly directoryUrl: string;
  readonly caPem: string;
  /** `METHOD PATH` of all requests. */
  readonly asked: string[];
  /** How a path is answered from now on; what is not told is a plain directory and nonces. */
  on(path: string, reply: (response: ServerResponse, body: string) => void): void;
  stop(): Promise<void>;
}

export async function startFakeCa(): Promise<FakeCa> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-ca-'));
  const place = (name: string) => join(directory, name);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=fake', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', place('key.pem'), '-out', place('cert.pem')],
    ],
    { stdio: 'ignore' },
  );
  const caPem = readFileSync(place('cert.pem'), 'utf8');
  const key = readFileSync(place('key.pem'), 'utf8');
  rmSync(directory, { recursive: true });
  const asked: string[] = [];
  const replies = new Map<string, (response: ServerResponse, body: string) => void>();
  let count = 0;
  const server = createServer({ cert: caPem, key }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    response.setHeader('replay-nonce', `nonce${count++}`);
    const reply = replies.get(path);
    if (reply) reply(response, Buffer.concat(chunks).toString());
    else response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const origin = `https://127.0.0.1:${bound === null || typeof bound === 'string' ? 0 : bound.port}`;
  replies.set('/dir', (response) => {
    const at = (name: string) => `${origin}/${name}`;
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        newNonce: at('nonce'),
        newAccount: at('account'),
        newOrder: at('new-order'),
        revokeCert: at('revoke'),
        keyChange: at('key'),
        renewalInfo: at('ari'),
        meta: { profiles: { classic: 'as always', shortlived: 'six days' } },
      }),
    );
  });
  return {
    origin,
    directoryUrl: `${origin}/dir`,
    caPem,
    asked,
    on: (path, reply) => replies.set(path, reply),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
