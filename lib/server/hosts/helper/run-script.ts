import 'server-only';
import type { Transport } from '#server/hosts/ssh/transport';
import { TransportError } from '#server/platform/errors/transport-error';
import type { RunHelperOptions } from './run-helper';
import { sudoRefusal } from './sudo-refusal';

const mostLines = 200;

/**
 * Runs a script of ours as root on a host with direct access, the way the helper is run: its text goes over stdin. Resolves when it has
 * ended well. Throws `TransportError` otherwise, with what it said.
 */
export async function runScript(
  transport: Transport,
  script: string,
  options: Pick<RunHelperOptions, 'signal' | 'idleTimeoutMs'> = {},
): Promise<void> {
  if (transport.account === 'enrolled') throw new Error('a locked-down key runs no scripts');
  const text = Buffer.from(script);
  const execution = await transport.exec(
    transport.account === 'root' ? 'direct-root' : 'direct-sudo',
    [Buffer.from(`${text.length}\n`), text],
    { idleTimeoutMs: options.idleTimeoutMs ?? 60_000, ...(options.signal ? { signal: options.signal } : {}) },
  );
  const lines: string[] = [];
  for await (const line of execution.lines) if (lines.length < mostLines) lines.push(line);
  const { code, stderr } = await execution.exit;
  if (code === 0) return;
  const said = stderr.trim().slice(0, 2000);
  const refusal = transport.account === 'sudo' && !/gatehouse:/.test(said) ? sudoRefusal(said) : null;
  throw new TransportError(
    refusal ? 'sudo-refused' : 'helper-refused',
    refusal?.message ??
      `The script did not get through on the host${said ? `: ${said.split('\n').at(-1)}` : '.'}`,
    'Download the script and run it there by hand, as root.',
    { stderr: said },
  );
}
