import 'server-only';
import { keyFingerprint } from './fingerprint';

/** Type, body and fingerprint of an authorized_keys line without options; `null` for anything else. */
export function parsePublicKey(line: string): { type: string; body: string; fingerprint: string } | null {
  const [, type = '', body = ''] = /^([a-z0-9@.-]+) ([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(line.trim()) ?? [];
  return type && body ? { type, body, fingerprint: keyFingerprint(Buffer.from(body, 'base64')) } : null;
}
