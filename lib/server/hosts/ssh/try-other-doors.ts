import 'server-only';
import { TransportError } from '../../platform/errors/transport-error';
import type { Transport } from './transport';

/** What a key can do that it should not; nothing where it is held to the helper. */
export type OtherDoor = 'commands' | 'forwarding';

const idleTimeoutMs = 15_000;

/**
 * Tries what a thief of the key would try first: another command, and a connection through the host. `sshPort` is a port of the host
 * on which something listens for certain. Throws `TransportError` when the host cannot be asked.
 */
export async function tryOtherDoors(
  transport: Transport,
  sshPort: number,
  signal?: AbortSignal,
): Promise<OtherDoor[]> {
  const doors: OtherDoor[] = [];
  const execution = await transport.exec('try-shell', [], { idleTimeoutMs, ...(signal ? { signal } : {}) });
  for await (const line of execution.lines) if (line === 'gatehouse-shell-opened') doors.push('commands');
  try {
    (await transport.forward('127.0.0.1', sshPort)).destroy();
    doors.push('forwarding');
  } catch (error) {
    if (!(error instanceof TransportError) || error.code !== 'forward-refused') throw error;
    // Refused for want of a listener, not by sshd's own rule: with another port it would have worked.
    if (!error.detail.denied) doors.push('forwarding');
  }
  return doors;
}
