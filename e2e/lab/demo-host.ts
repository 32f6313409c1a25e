import { type Buildbot, startBuildbot } from '#lab/buildbot';
import type { Host } from '#lab/host';
import { createLab, type Lab } from '#lab/lab';
import { createSshKey, type SshKey } from '#lab/ssh-key';

export interface DemoHost {
  lab: Lab;
  host: Host;
  /** Its public half is authorised on the host. */
  key: SshKey;
  buildbot: Buildbot;
  /** SHA256 fingerprint of the host's ed25519 key, to compare at enrolment. */
  fingerprint: string;
  stop(): Promise<void>;
}

/**
 * One Debian bookworm host with nginx, reachable by SSH, with a real Buildbot on its 127.0.0.1:8010 that believes to be at
 * `buildbotUrl` (with final slash; unless told, `https://<the host's address>/`).
 */
export async function startDemoHost(options: { buildbotUrl?: string } = {}): Promise<DemoHost> {
  const lab = await createLab();
  try {
    const key = await createSshKey({ comment: 'gatehouse-demo' });
    const host = await lab.host({ name: 'ci', authorizedKeys: [key.publicKey] });
    const buildbot = await startBuildbot({
      host,
      buildbotUrl: options.buildbotUrl ?? `https://${host.address}/`,
    });
    const fingerprint = await host.hostKeyFingerprint();
    return { lab, host, key, buildbot, fingerprint, stop: () => lab.stop() };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}
