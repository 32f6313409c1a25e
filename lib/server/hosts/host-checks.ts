import 'server-only';
import type { HostAccess, HostCheck } from '#api/contract/hosts';
import type { TransportError, TransportErrorCode } from '../platform/errors/transport-error';
import { checkOrder, verdict } from './check-line';
import type { HostFacts } from './helper/host';
import { installCommand } from './install-command';
import { type ServerTest, serverChecks } from './server-checks';
import type { OtherDoor } from './ssh/try-other-doors';

/** How the host is to be reached, for the words of the fixes. */
export interface Reach {
  readonly transport: 'ssh' | 'local';
  readonly user: string;
  readonly publicKey: string | null;
  readonly access: HostAccess;
}

/** Which line of the list a failed connection belongs to; the lines before it were passed on the way. */
const lineOf: Partial<Record<TransportErrorCode, HostCheck['id']>> = {
  'host-key-unknown': 'host-key',
  'host-key-changed': 'host-key',
  'auth-refused': 'sign-in',
  'key-invalid': 'sign-in',
  'no-shell': 'sign-in',
  'sudo-refused': 'root',
  'helper-missing': 'tools',
  'helper-outdated': 'tools',
  'helper-protocol': 'tools',
  'helper-refused': 'tools',
};

/** Commands that a person can copy; every part of them comes from a checked alphabet. */
function commandsFor(code: TransportErrorCode, { user, publicKey, access }: Reach, cause?: string): string[] {
  if (access === 'enrolled') return [];
  const key = /^[a-z0-9@.-]+ [A-Za-z0-9+/=]+/.exec(publicKey ?? '')?.[0];
  if (code === 'auth-refused' && key) {
    return [
      `install -d -m 700 -o ${user} ~${user}/.ssh`,
      `echo '${key} gatehouse' >> ~${user}/.ssh/authorized_keys`,
      `chown ${user} ~${user}/.ssh/authorized_keys && chmod 600 ~${user}/.ssh/authorized_keys`,
    ];
  }
  if (code === 'sudo-refused' && cause === 'missing') return [];
  if (code === 'sudo-refused') {
    const file = '/etc/sudoers.d/gatehouse';
    if (cause === 'terminal')
      return [`echo 'Defaults:${user} !requiretty' >> ${file}`, `chmod 440 ${file} && visudo -c`];
    return [
      `echo '${user} ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/gatehouse`,
      'chmod 440 /etc/sudoers.d/gatehouse && visudo -c',
    ];
  }
  return [];
}

/** The check list when the host could not be asked: green up to where it failed, that line red with its fix, the rest left out. */
export function failedChecks(error: TransportError, reach: Reach): HostCheck[] {
  const failed = lineOf[error.code] ?? 'reach';
  return checkOrder.map((id) => {
    if (id === failed) {
      return verdict(id, {
        status: 'failed',
        message: error.message,
        fix: fixFor(error, reach),
        commands: commandsFor(error.code, reach, error.detail.cause),
      });
    }
    const passed = checkOrder.indexOf(id) < checkOrder.indexOf(failed);
    return verdict(
      id,
      passed ? { status: 'ok', message: 'Yes.' } : { status: 'skipped', message: 'Not looked at yet.' },
    );
  });
}

/** A locked-down host has one answer to everything between sign-in and root: the bootstrap script, once more. */
function fixFor({ code, hint }: TransportError, { access }: Reach): string {
  return access === 'enrolled' && code === 'auth-refused'
    ? 'Run the bootstrap script on the host, as root: this page has it below “Keys”.'
    : hint;
}

const doorWords: Record<OtherDoor, string> = {
  commands: 'It runs other commands than the helper.',
  forwarding: 'It may forward connections through the host.',
};

function lockedCheck({ access, transport, user }: Reach, doors: readonly OtherDoor[]): HostCheck {
  if (transport === 'local') return verdict('locked', { status: 'skipped', message: 'There is no key.' });
  if (access === 'direct') {
    return verdict('locked', {
      status: 'skipped',
      message: `Not locked down: who has this key is ${user === 'root' ? 'root' : `${user}, and root by sudo`}.`,
    });
  }
  if (doors.length > 0) {
    return verdict('locked', {
      status: 'failed',
      message: doors.map((door) => doorWords[door]).join(' '),
      fix: 'Somebody has put this key elsewhere too, or has taken its restrictions away. Run the bootstrap script again, and look for the key in other accounts’ authorized_keys and in sshd’s settings.',
    });
  }
  return verdict('locked', {
    status: 'ok',
    message: 'Tried: another command runs the helper, and no connection is forwarded.',
  });
}

function rootCheck({ host }: HostFacts, { user }: Reach): HostCheck {
  if (host.uid === 0) return verdict('root', { status: 'ok', message: 'The helper runs as root.' });
  return verdict('root', {
    status: 'failed',
    message: `The helper runs as user ${host.uid}.`,
    fix: 'Let the account use sudo without a password, or log in as root.',
    commands: commandsFor('sudo-refused', { transport: 'ssh', user, publicKey: null, access: 'direct' }),
  });
}

function toolsCheck({ host }: HostFacts): HostCheck {
  if (host.missing.length > 0) {
    return verdict('tools', {
      status: 'failed',
      message: `Missing: ${host.missing.join(', ')}.`,
      fix: 'Install them with the host’s package manager.',
      commands: installCommand(host.distribution, host.missing),
    });
  }
  if (!host.namespaces) {
    return verdict('tools', {
      status: 'warning',
      message:
        'The kernel does not let us test proposed files in a namespace of their own; a copy is tested instead.',
      fix: 'Nothing has to be done. On an ordinary machine (not a container) the better way works by itself.',
    });
  }
  return verdict('tools', { status: 'ok', message: 'All there.' });
}

const mib = (kib: number) => Math.floor(kib / 1024);

function diskCheck({ disks }: HostFacts): HostCheck {
  const readOnly = disks.find(({ writable }) => !writable);
  if (readOnly) {
    return verdict('disk', {
      status: 'failed',
      message: `${readOnly.path} cannot be written to.`,
      fix: 'Mount it writable. A disk that went read-only by itself is failing.',
    });
  }
  const full = disks.find(
    ({ freeKib, freeInodes }) => freeKib < 10 * 1024 || (freeInodes !== null && freeInodes < 100),
  );
  if (full) {
    return verdict('disk', {
      status: 'failed',
      message: `${full.path} is full: ${mib(full.freeKib)} MiB free.`,
      fix: 'Make room. Every change is backed up on the host first.',
      commands: [`df -h ${full.path}`],
    });
  }
  const tight = disks.find(({ freeKib }) => freeKib < 100 * 1024);
  if (tight) {
    return verdict('disk', {
      status: 'warning',
      message: `${tight.path} has only ${mib(tight.freeKib)} MiB free.`,
      fix: 'Make room soon.',
    });
  }
  return verdict('disk', { status: 'ok', message: 'Enough room.' });
}

function clockCheck({ clockSkewSeconds }: HostFacts): HostCheck {
  const off = Math.abs(clockSkewSeconds);
  if (off <= 60) return verdict('clock', { status: 'ok', message: 'Within a minute of ours.' });
  return verdict('clock', {
    status: 'warning',
    message: `The host’s clock is ${off} s ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} ours.`,
    fix: 'Applies do not depend on it, but certificates and logs do. Switch time synchronisation on.',
    commands: ['timedatectl set-ntp true'],
  });
}

/** The check list of a host that answered. Pure: the same facts give the same list. */
export function hostChecks(
  facts: HostFacts,
  tests: readonly ServerTest[],
  reach: Reach,
  doors: readonly OtherDoor[] = [],
  caddyAdmin: string | null = null,
): HostCheck[] {
  const local = { status: 'skipped' as const, message: 'This is the machine that the dashboard runs on.' };
  const remote = reach.transport === 'ssh';
  return [
    verdict('reach', { status: 'ok', message: remote ? 'Reached by SSH.' : 'It is this machine.' }),
    verdict('host-key', remote ? { status: 'ok', message: 'The pinned host key.' } : local),
    verdict('sign-in', remote ? { status: 'ok', message: `As ${reach.user}.` } : local),
    rootCheck(facts, reach),
    lockedCheck(reach, doors),
    toolsCheck(facts),
    ...serverChecks(facts, tests, caddyAdmin),
    diskCheck(facts),
    clockCheck(facts),
  ];
}
