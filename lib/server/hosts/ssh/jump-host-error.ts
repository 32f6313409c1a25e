import 'server-only';
import { TransportError } from '../../platform/errors/transport-error';

interface Place {
  readonly address: string;
  readonly port: number;
}

/** What is wrong with a jump host must not be taken for what is wrong with the host behind it, its key least of all. */
export const jumpHostUnusable = (via: Place, error: TransportError): TransportError =>
  new TransportError(
    'unreachable',
    `The jump host ${via.address}:${via.port} could not be used: ${error.message}`,
    error.hint,
    { jumpHost: error.code },
  );

/** The jump host works, the way on from it does not. */
export const jumpHostCannotReach = (via: Pick<Place, 'address'>, target: Place, reason: string) =>
  new TransportError(
    'unreachable',
    `The jump host ${via.address} cannot reach ${target.address}:${target.port}.`,
    'Check the address as seen from the jump host, and that it allows TCP forwarding.',
    { reason: reason.slice(0, 300) },
  );
