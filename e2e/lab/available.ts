import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
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
  if (onOverlay(process.env.GATEHOUSE_LAB_CACHE ?? '/var/cache')) {
    return 'the lab needs GATEHOUSE_LAB_CACHE on something other than an overlay file system';
  }
  if (spawnSync('losetup', ['--find'], { env: cleanEnv }).status !== 0) return 'the lab needs loop devices';
  return true;
}

/** Layers of an overlay cannot be built on another one, which is what a container's root usually is. */
function onOverlay(path: string): boolean {
  const overlayMagic = 0x794c7630;
  return existsSync(path) && statfsSync(path).type === overlayMagic;
}
