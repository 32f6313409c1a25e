import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '#lab/index';
import { cleanEnv, run } from '#lab/run';
import type { Contender } from './contender';
import { PlainFiles } from './plain-files';
import { sshAccess } from './ssh-command';

export const ansibleInstalled = () =>
  spawnSync('ansible-playbook', ['--version'], { env: cleanEnv }).status === 0;

const playbook = (source: string) => [
  {
    hosts: 'all',
    gather_facts: false,
    become: true,
    tasks: [{ copy: { src: `${source}/`, dest: '/etc/nginx/conf.d/' }, notify: 'reload' }],
    handlers: [
      { name: 'test', command: 'nginx -t -q', listen: 'reload' },
      { name: 'reload nginx', command: 'nginx -s reload', listen: 'reload' },
    ],
  },
];

/** A playbook of one `copy` and two handlers, with pipelining, ControlPersist and a fork for each host as its guide to speed advises. */
export async function ansibleContender(hosts: readonly Host[]): Promise<Contender> {
  const access = await sshAccess(hosts);
  const files = new PlainFiles(join(access.directory, 'files'), 'ansible');
  const play = join(access.directory, 'play.yaml');
  await writeFile(play, JSON.stringify(playbook(files.directory)));
  const env = {
    ANSIBLE_PIPELINING: 'True',
    ANSIBLE_FORKS: String(hosts.length),
    ANSIBLE_SSH_ARGS: access.options.join(' '),
    ANSIBLE_HOST_KEY_CHECKING: 'False',
    ANSIBLE_LOCAL_TEMP: access.directory,
    ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
  };
  const argv = [
    'ansible-playbook',
    '-i',
    `${hosts.map(({ address }) => address)},`,
    '-u',
    hosts[0]?.user ?? '',
    play,
  ];
  return {
    name: 'Ansible copy',
    // It takes a second or so for each file.
    rounds: (count) => (count > 10 ? 0 : 1),
    prepare: (count) => files.write(count),
    async run() {
      await run([...argv, '--private-key', access.keyFile], { env, timeoutMs: 300_000 });
      return null;
    },
    disconnect: access.disconnect,
    stop: access.stop,
  };
}
