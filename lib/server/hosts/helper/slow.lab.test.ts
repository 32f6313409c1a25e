import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labAvailable } from '#lab/index';
import { applyOnHost, rollbackOnHost } from './host';
import {
  answerAt,
  applyRequest,
  type HelperHost,
  newNginxSite,
  startHelperHost,
} from './testing/helper-host';

const available = labAvailable();
const delaySeconds = 16;

/** A name server that knows every name and takes its time: nginx asks it at each test and at each reload. */
const nameServer = `
import socket, threading, time
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
def answer(query, peer):
    time.sleep(${delaySeconds})
    end = query.index(b"\\0", 12) + 5
    is_a = query[end - 3] == 1
    body = b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\x3c\\0\\4\\x7f\\0\\0\\1" if is_a else b""
    server.sendto(query[:2] + b"\\x81\\x80\\0\\1" + (b"\\0\\1" if is_a else b"\\0\\0") + b"\\0\\0\\0\\0" + query[12:end] + body, peer)
while True:
    query, peer = server.recvfrom(1500)
    threading.Thread(target=answer, args=(query, peer)).start()
`;

const site = `upstream slow { server slow.example.com:9000; }\nserver {\n  listen 8081;\n  server_name a.test;\n  location / { return 200 "slow"; }\n  location /up { proxy_pass http://slow; }\n}\n`;

describe.skipIf(available !== true)(
  `a web server that takes long to read its configuration${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    beforeAll(async () => {
      at = await startHelperHost();
      await at.host.writeFile('/root/dns.py', nameServer);
      await at.host.exec(
        `printf 'nameserver 127.0.0.1\\noptions timeout:30 attempts:1\\n' >/etc/resolv.conf; setsid python3 /root/dns.py </dev/null >/dev/null 2>&1 &`,
      );
    });
    afterAll(() => at?.stop());

    it('P7: is waited for as long as it just needed, tells that it lives, and goes back the same way', async () => {
      const request = applyRequest('nginx', newNginxSite(site), {
        listeners: [{ port: 8081, protocol: 'tcp' }],
      });
      // Less than one look of nginx at its files: only what is heard meanwhile keeps it.
      const options = { idleTimeoutMs: 15_000 };
      const answer = await applyOnHost(at.transport, request, options);
      expect([answer.outcome, answer.errors]).toEqual(['holding', []]);
      expect(answer.events.filter(({ event }) => event === 'beat').length).toBeGreaterThan(2);
      const proof = answer.events.find((event) => event.event === 'proof');
      expect(proof).toMatchObject({ alive: true, oldWorkers: 0 });
      expect(await answerAt(at.host, 8081)).toBe('slow');
      expect((await rollbackOnHost(at.transport, request.applyId, options)).outcome).toBe('rolled-back');
      expect(await answerAt(at.host, 8081)).toBe('');
    }, 300_000);
  },
);
