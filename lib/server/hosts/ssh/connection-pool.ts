import 'server-only';
import type { Client } from 'ssh2';
import { metrics } from '#server/platform/metrics';
import { TransportError } from '../../platform/errors/transport-error';
import { connectionName } from './connection-name';
import { type DialOptions, dial, scanTarget } from './dial';
import { needsOpenSsh } from './openssh-needed';
import { createOpenSshPool } from './openssh-pool';
import type { HostKey } from './scan-host-key';
import { createSlots } from './slots';
import type { SshTarget } from './ssh-target';
import { sshTransport } from './ssh-transport';
import type { Transport } from './transport';

interface Pooled {
  client: Promise<Client>;
  users: number;
  idle: NodeJS.Timeout | null;
  readonly session: () => Promise<() => void>;
}

// sshd's MaxSessions is 10 unless somebody changed it; what is beyond is refused, not queued.
const sessionsPerConnection = 8;

export interface ConnectionPool {
  /** A transport over the shared connection of that account, key and pinned host key; dialled when first used. */
  transport(target: SshTarget, options?: DialOptions): Transport;
  /** The key that a host shows, seen from where it is reached. Trusts nothing, and does not log in to it. */
  scan(target: Pick<SshTarget, 'address' | 'port' | 'via'>): Promise<HostKey>;
  /** Ends every connection. */
  close(): Promise<void>;
}

/**
 * Keeps one SSH connection for each account and key, for `idleMs` after its last use: by the ssh2 library, or by the system's own
 * program where only that can sign in.
 */
export function createConnectionPool({ idleMs = 60_000 }: { readonly idleMs?: number } = {}): ConnectionPool {
  const connections = new Map<string, Pooled>();
  const openSsh = createOpenSshPool({ idleMs });

  function drop(name: string, pooled: Pooled): void {
    if (connections.get(name) === pooled) connections.delete(name);
    if (pooled.idle) clearTimeout(pooled.idle);
  }

  function connect(name: string, target: SshTarget, options: DialOptions): Pooled {
    const pooled: Pooled = {
      client: dial(target, options),
      users: 0,
      idle: null,
      session: createSlots(sessionsPerConnection),
    };
    connections.set(name, pooled);
    pooled.client.then(
      (client) => {
        metrics().sshDials.inc({ outcome: 'connected' });
        metrics().sshOpen.inc();
        client.once('close', () => {
          metrics().sshOpen.dec();
          drop(name, pooled);
        });
      },
      (error: unknown) => {
        const outcome = error instanceof TransportError ? error.code : 'failed';
        metrics().sshDials.inc({ outcome });
        drop(name, pooled);
      },
    );
    return pooled;
  }

  return {
    transport(target, options = {}) {
      if (needsOpenSsh(target)) return openSsh.transport(target);
      const name = connectionName(target);
      let mine: Pooled | null = null;
      const leave = () => {
        if (!mine) return;
        const pooled = mine;
        mine = null;
        pooled.users -= 1;
        if (pooled.users > 0) return;
        pooled.idle = setTimeout(() => {
          drop(name, pooled);
          pooled.client.then((client) => client.end()).catch(() => undefined);
        }, idleMs);
        pooled.idle.unref();
      };
      return sshTransport(target, {
        async get(fresh) {
          if (fresh && mine && connections.get(name) === mine) drop(name, mine);
          const current = connections.get(name) ?? connect(name, target, options);
          if (current !== mine) {
            leave();
            mine = current;
            current.users += 1;
            if (current.idle) clearTimeout(current.idle);
            current.idle = null;
          }
          return current.client;
        },
        async session() {
          return (connections.get(name) ?? connect(name, target, options)).session();
        },
        release: leave,
      });
    },
    scan(target) {
      const { via } = target;
      return via && needsOpenSsh(via) ? openSsh.scanThrough(via, target) : scanTarget(target);
    },
    async close() {
      const all = [...connections.entries()];
      for (const [name, pooled] of all) drop(name, pooled);
      await Promise.allSettled([
        openSsh.close(),
        ...all.map(async ([, pooled]) => (await pooled.client).end()),
      ]);
    },
  };
}
