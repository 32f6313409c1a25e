import 'server-only';
import type { Host } from '../../generated/prisma/client';
import { db } from '../platform/database/db';
import { notFound } from '../platform/errors/app-error';
import { TransportError } from '../platform/errors/transport-error';
import { singleton } from '../platform/singleton';
import { recordSeenKey } from './record-seen-key';
import { type ConnectionPool, createConnectionPool } from './ssh/connection-pool';
import type { DialOptions } from './ssh/dial';
import { createLocalTransport } from './ssh/local-transport';
import type { HostKey } from './ssh/scan-host-key';
import type { Transport } from './ssh/transport';
import { sshTargetOf, viaOf } from './ssh-target-of';

const pool = () => singleton<ConnectionPool>('ssh-pool', () => createConnectionPool());

/** Notes a host key that is not the pinned one, wherever it turns up, so that the host's page can ask about it. */
function watchful(hostId: string, transport: Transport): Transport {
  const watch = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      if (error instanceof TransportError) await recordSeenKey(hostId, error);
      throw error;
    }
  };
  return {
    kind: transport.kind,
    account: transport.account,
    exec: (command, stdin, options) => watch(transport.exec(command, stdin, options)),
    forward: (address, port) => watch(transport.forward(address, port)),
    close: () => transport.close(),
  };
}

/**
 * A transport to a host that the caller has found through its team's client. It shares one connection per account and logs in only to
 * a host with the pinned key; connecting happens at first use.
 *
 * @throws AppError `not-found`; at first use TransportError, `host-key-unknown` when nobody has trusted a key yet
 */
export async function openHost(hostId: string, options: DialOptions = {}): Promise<Transport> {
  const host = await db().host.findUnique({ where: { id: hostId }, include: { secret: true } });
  if (!host || host.archivedAt !== null) throw notFound('host');
  if (host.transport === 'local') return createLocalTransport();
  return watchful(host.id, pool().transport(await sshTargetOf(host), options));
}

/** The key that a host shows, from where it is reached: a name behind a jump host may mean another machine here. Trusts nothing. */
export async function scanHost(host: Host): Promise<HostKey> {
  const via = await viaOf(host);
  return pool().scan({ address: host.address, port: host.port, ...(via ? { via } : {}) });
}

/** Ends all SSH connections. */
export const closeHosts = (): Promise<void> => pool().close();
