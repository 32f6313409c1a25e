import 'server-only';
import { z } from 'zod';
import { Address, Port } from '#core/site/text';
import type { SshTarget } from './ssh-target';

/** The host's name in its configuration and in known_hosts, whatever it is really called: arguments hold no data. */
export const hostAlias = 'gatehouse';

/** Files of a connection's private directory. */
export const files = {
  config: 'config',
  knownHosts: 'known_hosts',
  publicKey: 'identity.pub',
  certificate: 'identity-cert.pub',
  agent: 'agent',
  master: 'master',
  log: 'log',
} as const;

const plainPath = /^\/[A-Za-z0-9._@+/-]+$/;

/** Everything that gets into the file: alphabets in which nothing is a blank, a quote, a pattern, a `%` or a line's end. */
const Checked = z.object({
  address: Address,
  port: Port,
  user: z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/),
  agentSocket: z
    .string()
    .regex(plainPath, 'SSH_AUTH_SOCK has characters that ssh would read in its own way')
    .optional(),
  directory: z.string().regex(plainPath),
  hopDirectory: z.string().regex(plainPath).nullable(),
});

const signatures: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'ssh-ed25519',
  'ecdsa-sha2-nistp256': 'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384': 'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521': 'ecdsa-sha2-nistp521',
  'ssh-rsa': 'rsa-sha2-512,rsa-sha2-256',
};

/**
 * The whole ssh_config of one connection; nothing of the account or the machine counts beside it. `keyType`: of the host key that
 * is in known_hosts. `hopDirectory`: that of the open connection to its jump host. Throws `ZodError` for values that have no place
 * in such a file.
 */
export function openSshConfig(
  target: SshTarget,
  keyType: string,
  places: { readonly directory: string; readonly hopDirectory: string | null },
): string {
  const { address, port, user, agentSocket, directory, hopDirectory } = Checked.parse({
    ...target,
    ...places,
  });
  const algorithms = signatures[keyType];
  if (!algorithms) throw new Error('a host key of a type that is not taken');
  const file = (name: keyof typeof files) => `${directory}/${files[name]}`;
  const identity = agentSocket
    ? { IdentityAgent: agentSocket, IdentityFile: 'none' }
    : {
        IdentityAgent: file('agent'),
        IdentityFile: file('publicKey'),
        IdentitiesOnly: 'yes',
        ...(target.certificate ? { CertificateFile: file('certificate') } : {}),
      };
  const options = {
    HostName: address,
    Port: String(port),
    User: user,
    HostKeyAlias: hostAlias,
    HostKeyAlgorithms: algorithms,
    GlobalKnownHostsFile: '/dev/null',
    UserKnownHostsFile: file('knownHosts'),
    StrictHostKeyChecking: 'yes',
    CheckHostIP: 'no',
    VerifyHostKeyDNS: 'no',
    UpdateHostKeys: 'no',
    ...identity,
    PreferredAuthentications: 'publickey',
    BatchMode: 'yes',
    ControlMaster: 'auto',
    ControlPath: file('master'),
    // Only for a dashboard that was killed: it ends its connections itself.
    ControlPersist: '90',
    ForwardAgent: 'no',
    ForwardX11: 'no',
    ClearAllForwardings: 'yes',
    PermitLocalCommand: 'no',
    RequestTTY: 'no',
    EscapeChar: 'none',
    LogLevel: 'INFO',
    ConnectTimeout: '20',
    ServerAliveInterval: '10',
    ServerAliveCountMax: '3',
    ...(hopDirectory ? { ProxyCommand: throughHop(hopDirectory) } : {}),
  };
  const lines = Object.entries(options).map(([name, value]) => `  ${name} ${value}`);
  return `Host ${hostAlias}\n${lines.join('\n')}\n`;
}

/** Rides on the connection to the jump host that is open already, and makes none of its own. */
const throughHop = (directory: string) =>
  `ssh -F ${directory}/${files.config} -o ControlMaster=no -o ProxyCommand=false -W '[%h]:%p' -- ${hostAlias}`;
