import 'server-only';
import pino, { type Logger } from 'pino';
import { env } from './env';
import { singleton } from './singleton';

/** Names under which a secret could be logged by mistake; the second fence behind never logging one. */
const secretNames = [
  'password',
  'passphrase',
  'privateKey',
  'secret',
  'token',
  'tokenHash',
  'authorization',
  'cookie',
  'ciphertext',
];

export const redactedPaths = secretNames.flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
  `*.headers["${name}"]`,
]);

/** JSON lines on standard output. Log what happened to which id, never a request body or a host's file. */
export function log(): Logger {
  return singleton('log', () =>
    pino({
      level: env().logLevel,
      base: null,
      redact: { paths: [...new Set(redactedPaths)], censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    }),
  );
}
export type { Logger };
