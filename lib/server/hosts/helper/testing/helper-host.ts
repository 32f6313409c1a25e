import { createHash } from 'node:crypto';
import type { Fingerprint } from '#core/change/file-state';
import type { HostChange } from '#core/host/protocol';
import type { ServerKind } from '#core/web-server/render-target';
import { createLab, createSshKey, type Host, type HostOptions } from '#lab/index';
import type { applyOnHost } from '#server/hosts/helper/host';
import { createConnectionPool } from '#server/hosts/ssh/connection-pool';
import { scanHostKey } from '#server/hosts/ssh/scan-host-key';
import type { SshTarget } from '#server/hosts/ssh/ssh-target';
import type { Transport } from '#server/hosts/ssh/transport';

/** A real host of the lab, and a connection to it as the product makes it. */
export interface HelperHost {
  readonly host: Host;
  readonly target: SshTarget;
  readonly transport: Transport;
  stop(): Promise<void>;
}

export async function startHelperHost(options: HostOptions = {}): Promise<HelperHost> {
  const lab = await createLab();
  const pool = createConnectionPool();
  const stop = async () => {
    await pool.close();
    await lab.stop();
  };
  try {
    const key = await createSshKey();
    const host = await lab.host({ ...options, authorizedKeys: [key.publicKey] });
    const { type, fingerprint } = await scanHostKey(host.address, host.port);
    const target: SshTarget = {
      address: host.address,
      port: host.port,
      user: host.user,
      privateKey: key.privateKey,
      hostKeyType: type,
      hostKeyFingerprint: fingerprint,
    };
    return { host, target, transport: pool.transport(target), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const absent: Fingerprint = { kind: 'absent' };

export const printOf = (content: string, mode = 0o644): Fingerprint => ({
  kind: 'file',
  sha256: sha256(content),
  mode,
  owner: 'root',
  group: 'root',
});

/** A change of one file of ours. */
export function put(path: string, content: string, before: Fingerprint = absent): HostChange {
  const after = { kind: 'file' as const, content, sha256: sha256(content), mode: 0o644 };
  return { path, action: before.kind === 'absent' ? 'create' : 'update', before, after, role: 'site' };
}

export function link(path: string, target: string, before: Fingerprint = absent): HostChange {
  return { path, action: 'create', before, after: { kind: 'link', target }, role: 'enable' };
}

export function remove(path: string, before: Fingerprint): HostChange {
  return {
    path,
    action: 'delete',
    before,
    after: { kind: 'absent' },
    role: before.kind === 'link' ? 'enable' : 'site',
  };
}

type ApplyRequest = Parameters<typeof applyOnHost>[1];
let count = 0;

/** A request to apply `changes`, with a name of its own. */
export function applyRequest(
  server: ServerKind,
  changes: HostChange[],
  more: Partial<ApplyRequest> = {},
): ApplyRequest {
  count += 1;
  return {
    server,
    applyId: `test-apply-${process.pid}-${count}`,
    holder: 'ada@tests',
    holdSeconds: 60,
    startIfStopped: false,
    listeners: [],
    asks: [],
    certificates: [],
    changes,
    ...more,
  };
}

export const nginxFile = '/etc/nginx/sites-available/gatehouse-a.conf';
export const nginxLink = '/etc/nginx/sites-enabled/gatehouse-a.conf';

/** An nginx site that answers `text` on `port`. */
export function nginxSite(text: string, port = 8081): string {
  return `server {\n  listen ${port};\n  server_name a.test;\n  location / { return 200 "${text}\\n"; }\n}\n`;
}

/** The usual two changes that make a new nginx site. */
export function newNginxSite(content: string): HostChange[] {
  return [put(nginxFile, content), link(nginxLink, nginxFile)];
}

/** What a client gets on the host's own port, empty when nothing answers. */
export async function answerAt(host: Host, port: number): Promise<string> {
  const { stdout } = await host.exec(['curl', '-s', '-m', '5', `http://127.0.0.1:${port}/`], {
    check: false,
  });
  return stdout.trim();
}

/** Everything a web server is made of, to prove that a failed apply left no trace. */
export const watchedPaths = ['/etc', '/usr/local', '/var/www', '/opt'];

/**
 * The same with the time and inode of each file: equal text means that no file was even replaced by an equal one. Directories
 * are left out, since making and removing a file in one moves its time.
 */
export async function untouchedFiles(host: Host, paths: readonly string[] = watchedPaths): Promise<string> {
  const lines = (await host.treeHash(paths, { times: true })).split('\n');
  return lines.filter((line) => !/^\S+ d \d/.test(line)).join('\n');
}

/** Until `check` is true: polls, and says what it waited for when it gives up after `timeoutMs`. */
export async function eventually(check: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
