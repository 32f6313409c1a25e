import { describe, expect, it } from 'vitest';
import { certify, createSshKey } from '#lab/index';
import { certificateFor, readCertificate } from './certificate';

const now = new Date();

describe('certificateFor', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('reads what ssh-keygen made for an %s key', async (type) => {
    const [authority, key] = [await createSshKey(), await createSshKey({ type })];
    const text = await certify(authority, key.publicKey, {
      principals: ['deploy', 'root'],
      validity: '-1h:+1d',
    });
    const found = certificateFor(`${text}\n`, key.publicKey, now);
    expect(found).toMatchObject({ ok: true, value: { keyId: 'lab', principals: ['deploy', 'root'] } });
    const until = found.ok ? (found.value.validUntil?.getTime() ?? 0) : 0;
    expect(until).toBeGreaterThan(now.getTime() + 23 * 3_600_000);
    const other = await createSshKey({ type });
    expect(certificateFor(text, other.publicKey, now)).toMatchObject({ error: { code: 'other-key' } });
  });

  it('refuses what ran out, what is a host’s, what is none, and what is cut short', async () => {
    const [authority, { publicKey }] = [await createSshKey(), await createSshKey()];
    const make = (options: { validity?: string; host?: boolean }) =>
      certify(authority, publicKey, { principals: ['deploy'], ...options });
    const codeOf = (text: string) => {
      const found = certificateFor(text, publicKey, now);
      return found.ok ? 'ok' : found.error.code;
    };
    expect(codeOf(await make({ validity: '-2d:-1d' }))).toBe('expired');
    expect(codeOf(await make({ host: true }))).toBe('host-certificate');
    expect(codeOf(publicKey)).toBe('not-a-certificate');
    expect(codeOf((await make({})).slice(0, 200))).toBe('not-a-certificate');
    expect(readCertificate(await make({ validity: 'always:forever' }))).toMatchObject({
      value: { validUntil: null },
    });
  });
});
