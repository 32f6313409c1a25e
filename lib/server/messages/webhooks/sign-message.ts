import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A new key for signing, as Standard Webhooks writes them. */
export const newSigningSecret = (): string => prefix + randomBytes(32).toString('base64');

interface Message {
  /** Names the message: a receiver that has seen it ignores the second one. */
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}

/**
 * The three headers of Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks, “Signature scheme”): HMAC-SHA256 over
 * `id.timestamp.body` with the decoded key, so that neither body nor time can be replaced.
 */
export function signatureHeaders(secret: string, { id, at, body }: Message): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
