import {
  createLab,
  createSshKey,
  type Echo,
  type Host,
  type HostOptions,
  type Lab,
  startEcho,
} from '#lab/index';
import { type Dashboard, startDashboard } from './dashboard';

/** A lab host with nginx and an upstream on its 127.0.0.1:9000, known to a dashboard. */
export interface World {
  readonly lab: Lab;
  readonly host: Host;
  readonly echo: Echo;
  readonly dashboard: Dashboard;
  /** Id of the target: nginx on the host. */
  readonly nginx: string;
  /** Another host like it, without an upstream; with `layout`, arranged as the packages of another distribution do it. */
  addHost(
    options?: HostOptions & { layout?: 'rhel' | 'alpine' },
  ): Promise<{ host: Host; nginx: string; targets: Record<string, string> }>;
  /** What a visitor gets from the host itself, as `STATUS BODY`. */
  visit(host: Host, url: string): Promise<string>;
  /** Everything a web server is made of: equal text means that nothing is left of an apply. */
  tree(host?: Host): Promise<string>;
  stop(): Promise<void>;
}

const watched = ['/etc', '/usr', '/var/www', '/opt'];

export async function startWorld(): Promise<World> {
  const lab = await createLab();
  let dashboard: Dashboard | undefined;
  const stop = async () => {
    await dashboard?.stop();
    await lab.stop();
  };
  try {
    const key = await createSshKey();
    const known = await startDashboard();
    dashboard = known;
    const addHost: World['addHost'] = async ({ layout, ...options } = {}) => {
      const added = await lab.host({ ...options, authorizedKeys: [key.publicKey] });
      if (layout) {
        for (const server of added.servers) await added.exec(['sh', '/run/lab/arrange.sh', layout, server]);
      }
      const targets = await known.enrol(added, key);
      return { host: added, nginx: targets.nginx ?? '', targets };
    };
    const { host, nginx } = await addHost({ name: 'web1' });
    const echo = await startEcho({ host });
    return {
      lab,
      host,
      echo,
      dashboard: known,
      nginx,
      addHost,
      async visit(at, url) {
        const { hostname, port, protocol } = new URL(url);
        const resolve = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:127.0.0.1`;
        const argv = ['curl', '-sk', '-m', '5', '-w', '\n%{http_code}', '--resolve', resolve, url];
        const { stdout } = await at.exec(argv, { check: false });
        const lines = stdout.split('\n');
        return `${lines.at(-1)} ${lines.slice(0, -1).join('\n')}`;
      },
      tree: (at = host) => at.treeHash(watched),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
