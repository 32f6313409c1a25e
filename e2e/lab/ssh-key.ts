import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#lab/run';

export interface SshKey {
  /** OpenSSH private key text. */
  privateKey: string;
  /** One line, as for authorized_keys. */
  publicKey: string;
}

export async function createSshKey(
  options: { type?: 'ed25519' | 'ecdsa' | 'rsa'; passphrase?: string; comment?: string } = {},
): Promise<SshKey> {
  const { type = 'ed25519', passphrase = '', comment = 'lab' } = options;
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-key-'));
  try {
    const path = join(directory, 'key');
    await run(['ssh-keygen', '-q', '-t', type, '-N', passphrase, '-C', comment, '-f', path]);
    return {
      privateKey: await readFile(path, 'utf8'),
      publicKey: (await readFile(`${path}.pub`, 'utf8')).trim(),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
