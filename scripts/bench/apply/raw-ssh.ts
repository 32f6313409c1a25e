import { join } from 'node:path';
import type { Host } from '#lab/index';
import { run } from '#lab/run';
import type { Contender } from './contender';
import { PlainFiles } from './plain-files';
import { sshAccess } from './ssh-command';

const remote = 'sudo -n sh -c "tar -xf - -C /etc/nginx/conf.d && nginx -t -q && nginx -s reload"';
// The directory, the command and ssh's own arguments are arguments of the script, never part of its text.
const pipeline = 'directory=$1; shift; tar -cf - -C "$directory" . | ssh "$@"';

/** What people script themselves: everything over in one go, test, reload. Nothing is backed up, proven or undone. */
export async function rawSshContender(host: Host): Promise<Contender> {
  const access = await sshAccess([host]);
  const files = new PlainFiles(join(access.directory, 'files'), 'raw');
  return {
    name: 'ssh + tar + nginx -t + reload',
    rounds: () => 3,
    prepare: (count) => files.write(count),
    async run() {
      const to = `${host.user}@${host.address}`;
      await run(['sh', '-c', pipeline, 'sh', files.directory, ...access.options, to, remote]);
      return null;
    },
    disconnect: access.disconnect,
    stop: access.stop,
  };
}
