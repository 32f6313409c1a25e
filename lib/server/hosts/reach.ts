import 'server-only';
import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import { TransportError } from '../platform/errors/transport-error';

/** How the web server was reached: over the network as a visitor would, or from the host itself through SSH. */
export type Via = 'direct' | 'ssh';

export interface Connection {
  readonly stream: Duplex;
  readonly via: Via;
}

/** Where the web server of one target is to be found. */
export interface ReachableHost {
  /** Address of the enrolled host; nothing from a site document or an answer ever gets here. `null`: not to be reached from here. */
  readonly address: string | null;
  /** A connection made by the host to its own loopback. */
  readonly forward: (port: number) => Promise<Duplex>;
  /** The host's clock minus ours, as far as it is known. */
  readonly clockOffsetMs?: number;
}

/** Opens connections to one web server, and to nothing else. */
export interface Reach {
  connect(port: number, signal: AbortSignal): Promise<Connection>;
  /** The time by the host's clock: certificates are made there, and our own clock may be off. */
  hostNow(): number;
}

/** Neither the network nor SSH leads to the web server from here. That says nothing about visitors, nor about the site. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

/** A filter on the way must not cost every probe this much: the way that worked is remembered per port. */
const directTimeoutMs = 3000;

/**
 * Connections to the given ports of one enrolled host. Tries the network first and the host's own loopback after that, since a
 * firewall between the dashboard and the web server says nothing about visitors. Throws for every other port.
 */
export function openReach(host: ReachableHost, ports: readonly number[]): Reach {
  const allowed = new Set(ports);
  const works = new Map<number, Via>();
  return {
    hostNow: () => Date.now() + (host.clockOffsetMs ?? 0),
    async connect(port, signal) {
      if (!allowed.has(port)) throw new Error(`port ${port} is none of the site's`);
      let refusal: unknown = null;
      if (host.address !== null && works.get(port) !== 'ssh') {
        try {
          const stream = await connectDirect(host.address, port, signal);
          works.set(port, 'direct');
          return { stream, via: 'direct' };
        } catch (error) {
          if (works.get(port) === 'direct' || signal.aborted) throw error;
          refusal = error;
        }
      }
      const stream = await host.forward(port).catch((error: unknown) => {
        if (!(error instanceof TransportError) || !error.detail.denied) throw error;
        const why = refusal instanceof Error ? refusal.message : 'it is behind a jump host';
        throw new OutOfReach(
          `Port ${port} is not to be reached from the dashboard (${why}), and the key of this host forwards nothing.`,
        );
      });
      works.set(port, 'ssh');
      return { stream, via: 'ssh' };
    },
  };
}

function connectDirect(host: string, port: number, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, signal });
    const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), directTimeoutMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    // Stays: a connection that breaks later must not end the process.
    socket.on('error', fail);
  });
}
