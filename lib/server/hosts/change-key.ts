import 'server-only';
import type { HostAccess } from '#api/contract/hosts';
import { db } from '../platform/database/db';
import { write } from '../platform/database/write';
import { AppError } from '../platform/errors/app-error';
import { TransportError } from '../platform/errors/transport-error';
import { log } from '../platform/log';
import { singleton } from '../platform/singleton';
import { bootstrapScript, enrolledUser } from './helper/bootstrap-script';
import { readFacts } from './helper/host';
import { rekeyOnHost } from './helper/rekey';
import { runScript } from './helper/run-script';
import { assertMayChange, forgetNextKey, makeNextKey, switchKeys } from './next-key';
import { ownPublicKey } from './own-public-key';
import { createConnectionPool } from './ssh/connection-pool';
import type { SshTarget } from './ssh/ssh-target';
import type { Transport } from './ssh/transport';
import { tryOtherDoors } from './ssh/try-other-doors';
import { type HostWithSecret, sshTargetOf, storedCredentials } from './ssh-target-of';

/** In this order; a test breaks each of them. Up to `switch` the old key is the one in use, from then on the new one. */
export const keyChangeSteps = ['make', 'install', 'prove', 'switch', 'remove'] as const;
export type KeyChangeStep = (typeof keyChangeSteps)[number];

export interface KeyChange {
  readonly access: HostAccess;
  /** `by-hand`: somebody has installed the prepared key already. */
  readonly install: 'over-ssh' | 'by-hand';
  readonly removeOld: boolean;
}

interface Options {
  readonly signal: AbortSignal;
  /** Called before each step. What it throws counts as a failure of that step. */
  readonly onStep?: (step: KeyChangeStep) => void | Promise<void>;
}

/** How far it got. With an `error` before `switch` the old key is in use as before; at `remove` the new one is, and the old one is still let in. */
export interface KeyChangeOutcome {
  readonly changed: boolean;
  readonly failedStep: KeyChangeStep | null;
  readonly error: Error | null;
}

const underWay = () => singleton('hosts.key-changes', () => new Set<string>());

/**
 * Replaces the key of a host: makes a pair, has the host let it in beside the old one, proves over a connection of its own that it
 * works, only then uses it, and takes the old one out. At every moment one key that is kept here is let in.
 *
 * @throws AppError where it cannot even begin; what fails on the way is in the outcome
 */
export async function changeKey(
  hostId: string,
  change: KeyChange,
  options: Options,
): Promise<KeyChangeOutcome> {
  if (underWay().has(hostId))
    throw new AppError('conflict', 'The key of this host is being changed already.', {
      hint: 'Wait for it.',
    });
  underWay().add(hostId);
  const connections = createConnectionPool({ idleMs: 0 });
  try {
    return await new Change(hostId, change, options, connections.transport).run();
  } finally {
    underWay().delete(hostId);
    await connections.close();
  }
}

const load = (id: string) =>
  db().host.findUniqueOrThrow({
    where: { id },
    include: {
      secret: true,
      nextSecret: true,
      reaches: { where: { archivedAt: null }, select: { name: true } },
    },
  });

class Change {
  constructor(
    private readonly hostId: string,
    private readonly change: KeyChange,
    private readonly options: Options,
    private readonly connect: (target: SshTarget) => Transport,
  ) {}

  async run(): Promise<KeyChangeOutcome> {
    const before = await load(this.hostId);
    assertMayChange(before, this.change.access);
    if (this.change.install === 'by-hand' && before.nextAccess !== this.change.access)
      throw new AppError('conflict', 'No new key has been made for this yet.', { hint: 'Reload the page.' });
    let step = 'make' as KeyChangeStep;
    let installed = false;
    const at = async (next: KeyChangeStep) => {
      step = next;
      await this.options.onStep?.(next);
      if (step !== 'remove') this.options.signal.throwIfAborted();
    };
    try {
      await at('make');
      await write((tx) => makeNextKey(tx, before, this.change.access));
      const host = await load(this.hostId);
      const oldTarget = await sshTargetOf(before);
      await at('install');
      if (this.change.install === 'over-ssh') {
        installed = true;
        await this.install(host, this.connect(oldTarget));
      }
      await at('prove');
      const newTarget = await this.newTarget(host);
      await this.prove(newTarget);
      await at('switch');
      await write(async (tx) => {
        const now = await tx.host.findUniqueOrThrow({ where: { id: host.id } });
        // Somebody may have given it up, or given the host another address, while it was proven.
        if (now.nextSecretId !== host.nextSecretId || now.address !== host.address || now.port !== host.port)
          throw new AppError('conflict', 'The host was changed meanwhile.', { hint: 'Reload the page.' });
        await switchKeys(tx, host, { access: this.change.access, user: newTarget.user });
      });
      if (this.change.removeOld) {
        await at('remove');
        await this.remove(host, oldTarget, newTarget);
      }
      return { changed: true, failedStep: null, error: null };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (step !== 'remove') await this.undo(installed);
      return { changed: step === 'remove', failedStep: step, error };
    }
  }

  private async install(host: Awaited<ReturnType<typeof load>>, transport: Transport): Promise<void> {
    const { signal } = this.options;
    if (this.change.access === 'enrolled' && host.access === 'direct')
      await runScript(transport, bootstrapScript(host.nextPublicKey ?? ''), { signal });
    else
      await rekeyOnHost(
        transport,
        { act: 'add', oldKey: ownPublicKey(host), newKey: host.nextPublicKey },
        { signal },
      );
  }

  private async newTarget(host: Awaited<ReturnType<typeof load>>): Promise<SshTarget> {
    if (!host.nextSecret) throw new AppError('conflict', 'The new key was discarded meanwhile.');
    const user = this.change.access === 'enrolled' ? enrolledUser : host.user;
    const row: HostWithSecret = { ...host, user, access: this.change.access };
    return sshTargetOf(row, storedCredentials(host.nextSecret));
  }

  /** Over a connection that nothing else has used: the new key is let in, does its work, and no more where it is locked down. */
  private async prove(target: SshTarget): Promise<void> {
    const { signal } = this.options;
    const transport = this.connect(target);
    const facts = await readFacts(transport, { signal });
    if (facts.host.uid !== 0)
      throw new TransportError(
        'sudo-refused',
        'With the new key the account may not become root.',
        'Look at sudo on the host.',
      );
    if (this.change.access !== 'enrolled') return;
    const [door] = await tryOtherDoors(transport, target.port, signal);
    if (door)
      throw new TransportError(
        'helper-refused',
        door === 'commands'
          ? 'The new key may run other commands than the helper.'
          : 'The new key may forward connections.',
        'Run the bootstrap script on the host again, and look for other places where sshd finds keys for this account.',
      );
  }

  private async remove(host: HostWithSecret, oldTarget: SshTarget, newTarget: SshTarget): Promise<void> {
    if (host.publicKey && host.login === 'key') {
      const { signal } = this.options;
      const moved = oldTarget.user !== newTarget.user;
      await rekeyOnHost(
        this.connect(moved ? oldTarget : newTarget),
        moved
          ? { act: 'leave', oldKey: host.publicKey, newKey: null }
          : { act: 'drop', oldKey: host.publicKey, newKey: host.nextPublicKey },
        { signal },
      );
    }
    await write((tx) =>
      tx.host.update({ where: { id: host.id }, data: { oldPublicKey: null, oldUser: null } }),
    );
  }

  /** The old key stays in use. What was installed is taken out where the host lets us; the pair of a person's own hands is kept. */
  private async undo(installed: boolean): Promise<void> {
    const host = await load(this.hostId);
    if (!installed) {
      if (this.change.install === 'over-ssh') await write((tx) => forgetNextKey(tx, host));
      return;
    }
    try {
      if (this.change.access === host.access && host.publicKey && host.nextPublicKey)
        await rekeyOnHost(this.connect(await sshTargetOf(host)), {
          act: 'drop',
          oldKey: host.nextPublicKey,
          newKey: host.publicKey,
        });
    } catch (error) {
      // A key whose private half is destroyed opens nothing, wherever its public half is still listed.
      log().warn(
        { host: host.id, error: String(error) },
        'a new key that was not used could not be taken out',
      );
    }
    await write((tx) => forgetNextKey(tx, host));
  }
}
