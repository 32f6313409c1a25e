import 'server-only';
import { PublicKeyBody, type RequestOf } from '#core/host/protocol';
import { hostErrorIssue, hostErrorSentence } from '#core/plan/host-error';
import type { Transport } from '#server/hosts/ssh/transport';
import { TransportError } from '#server/platform/errors/transport-error';
import { type RunHelperOptions, runHelper } from './run-helper';

interface Rekey {
  readonly act: RequestOf<'rekey'>['act'];
  /** Lines of authorized_keys. */
  readonly oldKey: string | null;
  readonly newKey: string | null;
}

const bodyOf = (line: string | null) =>
  PublicKeyBody.nullable().parse(line?.split(/\s+/, 2).join(' ') ?? null);

/** Changes which keys the account at the far end lets in. It does so itself, without root. Throws `TransportError`; then nothing was changed. */
export async function rekeyOnHost(
  transport: Transport,
  { act, oldKey, newKey }: Rekey,
  options: RunHelperOptions = {},
): Promise<void> {
  const old = bodyOf(oldKey);
  if (!old) throw new TransportError('key-invalid', 'There is no key to replace.', 'Add the host again.');
  const request = { verb: 'rekey', act, oldKey: old, newKey: bodyOf(newKey) } as const;
  const { events, end } = await runHelper(transport, request, { ...options, asAccount: true });
  if (end.outcome === 'done') return;
  const error = events.find((event) => event.event === 'error');
  const code = error?.code ?? 'none';
  const known = hostErrorSentence(code) === null ? null : hostErrorIssue(code);
  const message =
    known?.message ?? `The host refused to change its keys: ${error?.code ?? 'no reason given'}.`;
  const hint =
    known?.hint ?? 'Where the helper is installed, run the bootstrap script again: it may be an older one.';
  throw new TransportError('helper-refused', message, hint, {
    code,
    ...(error?.text ? { reason: error.text.slice(0, 300) } : {}),
  });
}
