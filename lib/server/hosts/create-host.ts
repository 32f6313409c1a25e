import 'server-only';
import type { z } from 'zod';
import type { HostInput, HostLogin } from '#api/contract/hosts';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { fieldProblem } from '../platform/errors/field-problem';
import { assertAgentAllowed } from './assert-agent-allowed';
import { assertLocalAllowed } from './assert-local-allowed';
import { assertHostNameFree } from './assert-name-free';
import { certificateLine } from './certificate-line';
import { describeHost, hostInclude } from './describe-host';
import { enrolledUser } from './helper/bootstrap-script';
import { jumpHostIdOf } from './jump-host';
import { generateKeyPair, parsePrivateKey } from './ssh/private-key';
import { sealSshKey } from './ssh-secret';

type SshInput = Extract<z.output<typeof HostInput>, { transport: 'ssh' }>;

/** The key pair to log in with: a new one, or the uploaded one after it was opened once. */
function keyOf({ key, name, access }: SshInput) {
  if (key.source !== 'generate' && key.source !== 'upload') {
    if (access === 'enrolled')
      throw fieldProblem(
        'host.enrolled-needs-key',
        ['key', 'source'],
        'a key that is locked down has to be the dashboard’s own',
        'Let the dashboard make one.',
      );
    assertAgentAllowed();
    return { publicKey: null, secret: null };
  }
  if (key.source === 'generate') {
    const { privateKey, publicKey } = generateKeyPair(`gatehouse-${name}`);
    return { publicKey, secret: { privateKey } };
  }
  const parsed = parsePrivateKey(key.privateKey, key.passphrase);
  if (!parsed.ok) {
    const { code, message, hint } = parsed.error;
    const field = code.startsWith('passphrase') ? 'passphrase' : 'privateKey';
    throw fieldProblem(`ssh-key.${code}`, ['key', field], message, hint);
  }
  const { privateKey, passphrase } = key;
  return {
    publicKey: certified(key.certificate, parsed.value.publicKey, access) ?? parsed.value.publicKey,
    secret: { privateKey, ...(passphrase === undefined ? {} : { passphrase }) },
  };
}

/** The certificate that takes the public key's place. */
function certified(certificate: string | undefined, publicKey: string, access: SshInput['access']) {
  if (certificate === undefined) return null;
  if (access === 'enrolled')
    throw fieldProblem(
      'host.enrolled-needs-key',
      ['key', 'certificate'],
      'a key that is locked down is let in by itself, without a certificate',
      'Add the host with direct access, or leave the certificate out.',
    );
  return certificateLine(certificate, publicKey, ['key', 'certificate']);
}

function loginOf(key: SshInput['key']): HostLogin {
  if (key.source === 'agent') return 'agent';
  return key.source === 'upload' && key.certificate !== undefined ? 'certificate' : 'key';
}

/** Adds a host. Nothing connects to it, and no host key is trusted yet. */
export const createHost: Handler<typeof contract.hosts.create> = ({ body, actor, team, change }) => {
  if (body.transport === 'local') assertLocalAllowed(actor);
  const key = body.transport === 'ssh' ? keyOf(body) : null;
  return change(async (tx) => {
    await assertHostNameFree(tx, body.name);
    const reach =
      body.transport === 'ssh'
        ? {
            address: body.address,
            port: body.port,
            user: body.access === 'enrolled' ? enrolledUser : body.user,
            access: body.access,
            login: loginOf(body.key),
            keyMade: body.key.source === 'generate',
            jumpHostId: await jumpHostIdOf(tx, body.jumpHostId, null),
          }
        : { address: 'localhost', port: 22, user: 'root' };
    const secretId = key?.secret ? await sealSshKey(tx, team.id, key.secret) : null;
    const row = await tx.host.create({
      data: {
        teamId: team.id,
        name: body.name,
        transport: body.transport,
        ...reach,
        publicKey: key?.publicKey ?? null,
        secretId,
      },
      include: hostInclude,
    });
    const { transport, address, port, user, access, login } = row;
    const detail = { transport, address, port, user, access, login };
    return { value: describeHost(row), audit: { subject: `host ${row.name}`, subjectId: row.id, detail } };
  });
};
