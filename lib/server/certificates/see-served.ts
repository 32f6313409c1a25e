import 'server-only';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { OutOfReach, openReach } from '../hosts/reach';
import type { Transport } from '../hosts/ssh/transport';
import type { Chain } from './read-chain';

interface Asked {
  readonly transport: Transport;
  /** `null` behind a jump host. */
  readonly address: string | null;
  readonly port: number;
  readonly hostname: string;
  readonly proxyProtocol: boolean;
  readonly signal: AbortSignal;
}

/** What a visitor of the name is shown now. */
export interface Served {
  readonly serial: string;
  readonly fingerprints: readonly string[];
}

const timeoutMs = 10_000;
const loopback = '127.0.0.1';

/** Looks at the certificate that a target serves for a name; `null` where the dashboard cannot get there. */
export async function seeServed(asked: Asked): Promise<Served | null> {
  const { transport, address, port, hostname, proxyProtocol } = asked;
  const at = transport.kind === 'local' ? loopback : address;
  const reach = openReach({ address: at, forward: (to) => transport.forward(loopback, to) }, [port]);
  const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const { stream } = await reach.connect(port, signal);
    stream.on('error', () => undefined);
    if (proxyProtocol) stream.write('PROXY UNKNOWN\r\n');
    const servername = hostname.replace(/^\*/, 'gatehouse-probe');
    const socket = connect({ socket: stream, servername, rejectUnauthorized: false });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve);
        socket.once('error', reject);
        signal.addEventListener('abort', () => reject(new Error('no TLS handshake in time')), { once: true });
      });
      return described(socket.getPeerCertificate(true));
    } finally {
      socket.destroy();
    }
  } catch (error) {
    if (error instanceof OutOfReach) return null;
    throw error;
  }
}

function described(certificate: DetailedPeerCertificate): Served {
  const fingerprints: string[] = [];
  let current: DetailedPeerCertificate | undefined = certificate;
  while (current?.fingerprint256 && !fingerprints.includes(current.fingerprint256)) {
    fingerprints.push(current.fingerprint256);
    current = current.issuerCertificate;
  }
  return { serial: certificate.serialNumber ?? '', fingerprints };
}

/** Why what is served is not what was issued; `null` when it is, with every certificate of its chain. */
export function unlike(served: Served, issued: Chain): string | null {
  if (served.serial !== issued.serial)
    return `The certificate with the serial ${served.serial || 'none'} is served, not the new one (${issued.serial}).`;
  const missing = issued.fingerprints.filter((print) => !served.fingerprints.includes(print));
  return missing.length === 0
    ? null
    : `${missing.length} of ${issued.fingerprints.length} certificates of the chain are not served.`;
}
