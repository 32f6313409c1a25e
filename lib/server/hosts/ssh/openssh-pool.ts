import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metrics } from '#server/platform/metrics';
import { TransportError } from '../../platform/errors/transport-error';
import { connectionName } from './connection-name';
import { jumpHostCannotReach, jumpHostUnusable } from './jump-host-error';
import { type Hop, type Observer, OpenSshConnection } from './openssh-connection';
import { openSshForward } from './openssh-forward';
import { openSshTransport, type SharedConnection } from './openssh-transport';
import { type HostKey, scanHostKey } from './scan-host-key';
import { createSlots } from './slots';
import type { SshTarget } from './ssh-target';
import type { Transport } from './transport';

interface Pooled extends SharedConnection {
  users: number;
  idle: NodeJS.Timeout | null;
  readonly leaveHop: () => void;
}

// sshd's MaxSessions is 10 unless somebody changed it, and it counts a session for a moment longer than we do.
const sessionsPerConnection = 6;

export interface OpenSshPool {
  /** A transport over the shared connection of that account, key and pinned host key; made when first used. */
  transport(target: SshTarget): Transport;
  /** The key that a host behind a jump host shows, without logging in to it or trusting it. */
  scanThrough(via: SshTarget, target: Pick<SshTarget, 'address' | 'port'>): Promise<HostKey>;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Connections by the system's `ssh`, for what only that knows: OpenSSH certificates, and every kind of key that an agent holds. */
export function createOpenSshPool({ idleMs = 60_000 }: { readonly idleMs?: number } = {}): OpenSshPool {
  const connections = new Map<string, Pooled>();
  let root: string | null = null;
  // Short names: the path of a socket has room for about a hundred characters.
  const newDirectory = () => {
    root ??= mkdtempSync(join(tmpdir(), 'gatehouse-ssh-'));
    return `${root}/${randomBytes(6).toString('hex')}`;
  };

  function make(name: string, target: SshTarget): Pooled {
    const hop = target.via ? hopTo(target, target.via) : null;
    const pooled: Pooled = {
      connection: new OpenSshConnection(target, newDirectory(), hop?.hop ?? null, counting),
      session: createSlots(sessionsPerConnection),
      users: 0,
      idle: null,
      leaveHop: hop?.leave ?? (() => undefined),
    };
    connections.set(name, pooled);
    return pooled;
  }

  async function end(name: string, pooled: Pooled): Promise<void> {
    if (connections.get(name) === pooled) connections.delete(name);
    if (pooled.idle) clearTimeout(pooled.idle);
    await pooled.connection.close();
    pooled.leaveHop();
  }

  function take(target: SshTarget): { readonly pooled: Pooled; readonly leave: () => void } {
    const name = connectionName(target);
    const pooled = connections.get(name) ?? make(name, target);
    pooled.users += 1;
    if (pooled.idle) clearTimeout(pooled.idle);
    pooled.idle = null;
    const leave = () => {
      pooled.users -= 1;
      if (pooled.users > 0) return;
      pooled.idle = setTimeout(() => void end(name, pooled), idleMs);
      pooled.idle.unref();
    };
    return { pooled, leave };
  }

  function hopTo(target: Pick<SshTarget, 'address' | 'port'>, via: SshTarget) {
    const { pooled, leave } = take(via);
    const { connection } = pooled;
    const hop: Hop = {
      directory: connection.directory,
      open: () =>
        connection.open().catch((error: unknown) => {
          throw error instanceof TransportError ? jumpHostUnusable(via, error) : error;
        }),
      reach: () =>
        openSshForward(connection, target.address, target.port).catch((error: unknown) => {
          if (!(error instanceof TransportError)) throw error;
          throw jumpHostCannotReach(via, target, error.detail.reason ?? '');
        }),
    };
    return { hop, leave };
  }

  return {
    transport(target) {
      let mine: ReturnType<typeof take> | null = null;
      return openSshTransport(target, {
        use() {
          mine ??= take(target);
          return mine.pooled;
        },
        release() {
          mine?.leave();
          mine = null;
        },
      });
    },
    async scanThrough(via, target) {
      const { hop, leave } = hopTo(target, via);
      try {
        await hop.open();
        return await scanHostKey(target.address, target.port, { sock: await hop.reach() });
      } finally {
        leave();
      }
    },
    async close() {
      await Promise.allSettled([...connections].map(([name, pooled]) => end(name, pooled)));
      if (root) await rm(root, { recursive: true, force: true });
      root = null;
    },
  };
}

const counting: Observer = {
  dialled(error) {
    const outcome = error === null ? 'connected' : error instanceof TransportError ? error.code : 'failed';
    metrics().sshDials.inc({ outcome });
  },
  opened: () => metrics().sshOpen.inc(),
  closed: () => metrics().sshOpen.dec(),
};
