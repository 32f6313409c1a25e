import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cleanEnv } from '#lab/run';

const commands = [
  'ip',
  'bridge',
  'nsenter',
  'unshare',
  'mkfs.ext4',
  'losetup',
  'flock',
  'ssh-keygen',
  'perl',
];

/** `true` where a lab can run, otherwise the reason why it cannot, for the name of what is skipped. */
export function labAvailable(): true | string {
  if (process.platform !== 'linux') return 'the lab needs Linux';
  if (process.getuid?.() !== 0) return 'the lab needs root';
  const directories = cleanEnv.PATH?.split(':') ?? [];
  const missing = commands.filter((command) => !directories.some((path) => existsSync(`${path}/${command}`)));
  if (missing.length > 0) return `the lab needs ${missing.join(', ')}`;
  const unshare = spawnSync('unshare', ['--mount', '--net', '--pid', '--uts', '--ipc', '--fork', 'true'], {
    env: cleanEnv,
  });
  if (unshare.status !== 0) return 'the lab needs the right to make namespaces';
  for (const filesystem of ['overlay', 'ext4']) {
    spawnSync('modprobe', ['-q', filesystem], { env: cleanEnv });
    const known = readFileSync('/proc/filesystems', 'utf8').split(/\s+/);
    if (!known.includes(filesystem)) return `the lab needs the kernel's ${filesystem} file system`;
  }
  if (spawnSync('losetup', ['--find'], { env: cleanEnv }).status !== 0) return 'the lab needs loop devices';
  return true;
}
