import { createLab, createSshKey } from '#lab/index';
import { createConnectionPool } from '#server/ssh/connection-pool';
import { scanHostKey } from '#server/ssh/scan-host-key';
import { readFacts, readState, preflightOnHost, applyOnHost, confirmOnHost, statusOnHost } from '#server/helper/host';
import { createHash } from 'node:crypto';
const sha = (t: string) => createHash('sha256').update(t).digest('hex');
const lab = await createLab();
const pool = createConnectionPool();
try {
  const key = await createSshKey();
  console.time('host'); const host = await lab.host({ authorizedKeys: [key.publicKey] }); console.timeEnd('host');
  const hk = await scanHostKey(host.address, 22);
  console.log(hk.type, hk.fingerprint, await host.hostKeyFingerprint());
  const t = pool.transport({ address: host.address, port: 22, user: host.user, privateKey: key.privateKey, hostKeyType: hk.type, hostKeyFingerprint: hk.fingerprint });
  console.time('facts'); const f = await readFacts(t); console.timeEnd('facts');
  console.time('facts2'); await readFacts(t); console.timeEnd('facts2');
  console.log(f.host, f.servers, f.listeners);
  console.time('state'); const s = await readState(t, { servers: ['nginx'], paths: [], exists: [], contents: true }); console.timeEnd('state'); console.log(s);
  const conf = 'server {\n listen 8081;\n listen 8443 ssl;\n ssl_certificate /etc/gatehouse/tls/a.crt; ssl_certificate_key /etc/gatehouse/tls/a.key;\n server_name a.test;\n return 200 "hello\\n";\n}\n';
  const path = '/etc/nginx/sites-available/gatehouse-a.conf';
  const request = { server: 'nginx' as const, certificates: [{ certificatePath: '/etc/gatehouse/tls/a.crt', keyPath: '/etc/gatehouse/tls/a.key', hostnames: ['a.test'] }], changes: [
    { path, action: 'create' as const, before: { kind: 'absent' as const }, after: { kind: 'file' as const, content: conf, sha256: sha(conf), mode: 0o644 }, role: 'site' as const },
    { path: '/etc/nginx/sites-enabled/gatehouse-a.conf', action: 'create' as const, before: { kind: 'absent' as const }, after: { kind: 'link' as const, target: path }, role: 'enable' as const },
  ] };
  const before = await host.treeHash(['/etc', '/var/lib', '/var/log', '/run'], { times: false });
  console.time('preflight'); console.dir(await preflightOnHost(t, request), { depth: 5 }); console.timeEnd('preflight');
  const after = await host.treeHash(['/etc', '/var/lib', '/var/log', '/run'], { times: false });
  console.log('untouched', before === after);
  if (before !== after) console.log(after.split('\n').filter(l => !before.includes(l)));
  console.time('apply'); const a = await applyOnHost(t, { ...request, applyId: 'apply-0001', holder: 'me@here', holdSeconds: 60, startIfStopped: false, listeners: [{ port: 8081, protocol: 'tcp' }, { port: 8443, protocol: 'tcp' }] }, { onEvent: (e) => console.log(JSON.stringify(e).slice(0, 300)) }); console.timeEnd('apply');
  console.log((await host.exec('curl -sk https://127.0.0.1:8443/ -H "Host: a.test"; ls -la /etc/gatehouse/tls /var/lib/gatehouse/*; ps -ef; cat /var/log/nginx/error.log', { check: false })).stdout);
  console.time('confirm'); const c = await confirmOnHost(t, 'apply-0001'); console.timeEnd('confirm'); console.log(c);
  console.dir(await statusOnHost(t, 'apply-0001'), { depth: 3 });
  console.log((await host.exec('find /etc/nginx -name ".gate*"; ls -laR /var/lib/gatehouse; sleep 1.5; ps -ef | grep gatehouse; ls -d /run/gate*', { check: false })).stdout);
} finally { await pool.close(); await lab.stop(); }
