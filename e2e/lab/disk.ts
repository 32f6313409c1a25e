import type { Janitor } from '#lab/janitor';
import { type RunResult, run } from '#lab/run';

/**
 * A host's disk: an ext4 file system of its own, with journal, as the upper layer over a cached root. A real one because
 * power cuts, full disks and read-only remounts only then behave as on a real machine.
 */
export interface Disk {
  /** Holds `root` (the host's root directory), `ext4` and the image; in the lab's mount namespace. */
  directory: string;
  /** Everything written so far is on the disk for good. */
  sync(): Promise<void>;
  /** The moment power goes: from here on nothing reaches the disk, and what was not synced is lost. */
  cutPower(): Promise<void>;
  /** What the next power-on does first: mount again, which replays the journal. Nobody may use the disk. */
  remount(): Promise<void>;
  fill(): Promise<void>;
  free(): Promise<void>;
  /** Remounts read-only or back. Fails with "busy" while something outside /var/log is open for writing. */
  readOnly(on: boolean): Promise<void>;
  /** What the kernel does when a disk reports an error: read-only at once, whatever is open, until it is remounted. */
  fail(): Promise<void>;
  /** Runs a command with the host's root directory as its root; the host may be off. */
  chroot(argv: readonly string[], stdin?: string | Buffer): Promise<RunResult>;
  remove(): Promise<void>;
}

const mountScript = `
mount -o loop ext4.img ext4
mkdir -p ext4/upper ext4/work
mount -t overlay -o "lowerdir=$lower,upperdir=ext4/upper,workdir=ext4/work,redirect_dir=on,xino=on" gatehouse root
`;

// EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: the kernel's own way to simulate a power failure.
const shutdownScript =
  'open(my $d, "<", shift) or die $!; my $flags = pack("L", 2); ioctl($d, 0x8004587d, $flags) or die $!;';

/** Makes the disk of a new host over the root layers `lower` (colon-separated, topmost first). */
export async function createDisk(
  janitor: Janitor,
  name: string,
  lower: string,
  sizeMib: number,
): Promise<Disk> {
  const directory = `${janitor.directory}/${name}`;
  const sh = (script: string) =>
    run([...janitor.inMounts, 'sh', '-euc', `cd "$1"; lower=$2; ${script}`, 'sh', directory, lower]);
  await run([...janitor.inMounts, 'mkdir', directory]);
  await sh(`
    mkdir root ext4
    truncate -s ${sizeMib}M ext4.img
    mkfs.ext4 -q -F -b 4096 -m 0 -N 16384 -E nodiscard ext4.img
    ${mountScript}
    cp -a root/var/log ext4/log
  `);
  return {
    directory,
    async sync() {
      await sh('sync -f ext4');
    },
    async cutPower() {
      await run([...janitor.inMounts, 'perl', '-e', shutdownScript, `${directory}/ext4`]);
    },
    async remount() {
      await sh(`
        umount root
        umount ext4
        until [ -z "$(losetup -j ext4.img)" ]; do sleep 0.01; done
        ${mountScript}
      `);
    },
    async fill() {
      await sh(`
        sync -f ext4
        free=$(($(stat -f -c '%a * %S' ext4)))
        fallocate -l "$free" ext4/filler 2>/dev/null || true
        dd if=/dev/zero of=ext4/filler bs=4k oflag=append conv=notrunc 2>/dev/null || true
        sync -f ext4
      `);
    },
    async free() {
      await sh('rm -f ext4/filler; sync -f ext4');
    },
    async readOnly(on) {
      await sh(`mount -o remount,${on ? 'ro' : 'rw'} root`);
    },
    async fail() {
      await sh('mount -o remount,abort ext4');
    },
    chroot(argv, stdin = '') {
      return run([...janitor.inMounts, 'chroot', `${directory}/root`, ...argv], { stdin });
    },
    async remove() {
      await sh('umount root; umount ext4; rm -rf "$1"');
    },
  };
}
