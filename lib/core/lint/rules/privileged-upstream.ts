import type { LintRule } from '../lint-rule';

const sockets: Readonly<Record<string, string>> = {
  'docker.sock': 'the socket of Docker',
  'podman.sock': 'the socket of Podman',
  'containerd.sock': 'the socket of containerd',
  'crio.sock': 'the socket of CRI-O',
  'lxd.sock': 'the socket of LXD',
};
const ports: Readonly<Record<number, string>> = {
  2019: 'Caddy’s administration port',
  2375: 'the port of Docker',
  2376: 'the port of Docker',
  2379: 'the port of etcd',
  10250: 'the port of a kubelet',
};

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Sockets and ports whose owner hands out the whole machine or cluster. */
export const privilegedUpstream: LintRule = {
  code: 'lint.privileged-upstream',
  severity: 'warning',
  source: 'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
  check: (site) =>
    site.upstreams.flatMap(({ servers }, index) =>
      servers.flatMap((server, position) => {
        const path = ['upstreams', index, 'servers', position];
        const what = 'socket' in server ? sockets[fileName(server.socket)] : ports[server.port];
        return what === undefined
          ? []
          : [
              {
                path: [...path, 'socket' in server ? 'socket' : 'port'],
                message: `${what} gives anyone who reaches it the whole machine; a site must never lead there`,
                hint: 'Give the address of the CI server itself.',
              },
            ];
      }),
    ),
};
