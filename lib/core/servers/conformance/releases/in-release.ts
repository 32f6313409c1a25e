import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Release, rootLayers, type ServerName } from '#lab/root-layers';

/** Mounts exist only in a mount namespace of its own and end with the program; what it writes outside the temporary directory is forgotten. */
const script = `exec unshare --mount --propagation private sh -euc '
room=$1 layers=$2 shared=$3; shift 3
mount -t tmpfs tmpfs "$room"
mkdir "$room/upper" "$room/work" "$room/root"
mount -t overlay overlay -o "lowerdir=$layers,upperdir=$room/upper,workdir=$room/work" "$room/root"
mkdir -p "$room/root$shared"
mount --bind "$shared" "$room/root$shared"
mount --bind /dev "$room/root/dev"
mount -t proc proc "$room/root/proc"
exec chroot "$room/root" "$@"
'`;

/**
 * Writes a program that runs another one as a Debian release has it, in the lab's root directory of that release, with the machine's temporary
 * directory in it. `above` is a directory whose files lie over those of the release.
 * @returns absolute path of the program
 */
export async function programOf(
  release: Release,
  server: ServerName,
  program: string,
  directory: string,
  above?: string,
): Promise<string> {
  const layers = await rootLayers(release, [server]);
  await mkdir(directory, { recursive: true });
  const own = await mkdtemp(join(directory, `${release}-`));
  await mkdir(`${own}/room`);
  const path = `${own}/program`;
  const words = [`${own}/room`, above === undefined ? layers : `${above}:${layers}`, tmpdir(), program];
  const quoted = words.map((word) => `'${word}'`).join(' ');
  await writeFile(path, `#!/bin/sh\n${script} sh ${quoted} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}
