import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createSshKey } from '#lab/index';
import { run } from '#lab/run';
import { startKeyAgent } from './key-agent';
import { openPrivateKey } from './private-key';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-key-agent-'));
const socketPath = join(directory, 'agent');
let stop: (() => Promise<void>) | null = null;

async function holding(privateKey: string) {
  const key = openPrivateKey(privateKey);
  if (!key.ok) throw new Error(key.error.message);
  stop = await startKeyAgent(socketPath, key.value);
}
afterEach(async () => {
  await stop?.();
  stop = null;
});

afterAll(() => rmSync(directory, { recursive: true }));

describe('the agent that signs for one connection', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)(
    'makes signatures of an %s key that OpenSSH takes',
    async (type) => {
      const { privateKey, publicKey } = await createSshKey({ type });
      await holding(privateKey);
      const file = join(directory, `${type}.pub`);
      writeFileSync(file, `${publicKey}\n`);
      const env = ['env', `SSH_AUTH_SOCK=${socketPath}`];
      expect((await run([...env, 'ssh-add', '-L'])).stdout).toContain(publicKey.split(' ')[1]);
      // ssh-add -T has something signed and checks it.
      await run([...env, 'ssh-add', '-T', file]);
    },
  );

  it('signs with no other key, and refuses whatever else is asked', async () => {
    const [held, other] = [await createSshKey(), await createSshKey()];
    await holding(held.privateKey);
    const file = join(directory, 'other.pub');
    writeFileSync(file, `${other.publicKey}\n`);
    const env = ['env', `SSH_AUTH_SOCK=${socketPath}`];
    await expect(run([...env, 'ssh-add', '-T', file])).rejects.toThrow('refused');
    await expect(run([...env, 'ssh-add', '-D'])).rejects.toThrow();
  });

  it('gives up on a message without end', async () => {
    await holding((await createSshKey()).privateKey);
    const socket = connect(socketPath);
    socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 11]));
    await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  });
});
