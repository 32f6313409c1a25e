import 'server-only';

export const transportErrorCodes = [
  'unreachable',
  'timeout',
  'not-ssh',
  'host-key-unknown',
  'host-key-changed',
  'auth-refused',
  'key-invalid',
  'sudo-refused',
  'no-shell',
  'forward-refused',
  'link-lost',
  'helper-missing',
  'helper-outdated',
  'helper-protocol',
  'helper-refused',
  'aborted',
] as const;
export type TransportErrorCode = (typeof transportErrorCodes)[number];

/**
 * A host could not be reached or asked. `message` and `hint` are for people and never hold secrets;
 * `detail` has what the far side said (hostile text) or, for `host-key-changed`, both fingerprints.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  /** By name: the bundler may load this module twice, and what one copy throws the other must recognise. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'TransportError';
  }

  constructor(
    readonly code: TransportErrorCode,
    message: string,
    readonly hint: string,
    readonly detail: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
