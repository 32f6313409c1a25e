import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

/** Has an authority sign a public key for some accounts; the answer is the line of the `-cert.pub` file. */
export async function certify(
  authority: SshKey,
  publicKey: string,
  options: { principals: readonly string[]; validity?: string; host?: boolean },
): Promise<string> {
  const { principals, validity = '-5m:+1h', host = false } = options;
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-certificate-'));
  try {
    const [ca, subject] = [join(directory, 'authority'), join(directory, 'key')];
    await writeFile(ca, authority.privateKey, { mode: 0o600 });
    await writeFile(`${subject}.pub`, `${publicKey}\n`);
    const kind = host ? ['-h'] : [];
    await run([
      ...['ssh-keygen', '-q', '-s', ca, '-I', 'lab', '-n', principals.join(','), '-V', validity],
      ...[...kind, `${subject}.pub`],
    ]);
    return (await readFile(`${subject}-cert.pub`, 'utf8')).trim();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
