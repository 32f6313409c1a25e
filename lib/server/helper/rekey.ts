import 'server-only';
import { PublicKeyBody, type RequestOf } from '#core/host/protocol';
import type { Transport } from '#server/ssh/transport';
import { TransportError } from '#server/ssh/transport-error';
import { type RunHelperOptions, runHelper } from './run-helper';

interface Rekey {
  readonly act: RequestOf<'rekey'>['act'];
  /** Lines of authorized_keys. */
  readonly oldKey: string | null;
  readonly newKey: string | null;
}

const bodyOf = (line: string | null) =>
  PublicKeyBody.nullable().parse(line?.split(/\s+/, 2).join(' ') ?? null);

const reasons: Readonly<Record<string, [message: string, hint: string]>> = {
  'key-not-found': [
    'The present key does not stand in the account’s own authorized_keys, so it cannot be replaced from here.',
    'sshd takes it from elsewhere (AuthorizedKeysFile, AuthorizedKeysCommand, a certificate): install the new key there by hand.',
  ],
  'keys-not-writable': [
    'The account’s authorized_keys cannot be written.',
    'Look at the disk, the file’s owner and its attributes (lsattr) on the host.',
  ],
};

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
  const [message, hint] = reasons[error?.code ?? ''] ?? [
    `The host refused to change its keys: ${error?.code ?? 'no reason given'}.`,
    'Where the helper is installed, run the bootstrap script again: it may be an older one.',
  ];
  throw new TransportError('helper-refused', message, hint, {
    code: error?.code ?? 'none',
    ...(error?.text ? { reason: error.text.slice(0, 300) } : {}),
  });
}
