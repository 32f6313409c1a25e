import { createDisk } from '#lab/disk';
import { Host } from '#lab/host';
import { type Janitor, startJanitor } from '#lab/janitor';
import { labFile } from '#lab/lab-file';
import { wireFor } from '#lab/network';
import { type Release, rootLayers, type ServerName } from '#lab/root-layers';
import { run } from '#lab/run';

export interface HostOptions {
  /** Host name; a to z, digits and hyphens. */
  name?: string;
  release?: Release;
  /** Installed and running; the first listens on port 80, the next on 8080 and 8081. None is possible. */
  servers?: readonly ServerName[];
  /** Login of the authorised keys. */
  user?: string;
  /** `root`: log in as root. `password`: sudo asks for one that nobody has. */
  sudo?: 'nopasswd' | 'password' | 'none' | 'root';
  authorizedKeys?: readonly string[];
  diskMib?: number;
  /** Leave it off; `boot()` turns it on. */
  off?: boolean;
}

export class Lab {
  readonly hosts = new Set<Host>();
  #hostCount = 0;

  constructor(private readonly janitor: Janitor) {}

  /** Third byte of its addresses, part of the names of its interfaces and namespaces. */
  get number(): number {
    return this.janitor.lab;
  }

  /** This machine's address in the lab's network. */
  get gateway(): string {
    return `10.203.${this.number}.1`;
  }

  /** Makes a host and boots it. */
  async host(options: HostOptions = {}): Promise<Host> {
    const index = this.#hostCount++;
    const { release = 'bookworm', servers = ['nginx'], sudo = 'nopasswd', diskMib = 256 } = options;
    const {
      name = `host${index + 1}`,
      user = sudo === 'root' ? 'root' : 'deploy',
      authorizedKeys = [],
    } = options;
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) throw new Error(`not a host name: ${name}`);
    if (index > 240) throw new Error('a lab holds 240 hosts');
    const wire = wireFor(this.janitor.lab, index, name);
    const disk = await createDisk(this.janitor, name, await rootLayers(release, servers), diskMib);
    await run([...this.janitor.inMounts, 'cp', labFile('setup.sh'), `${disk.directory}/root/setup.sh`]);
    const keys = authorizedKeys.map((key) => `${key.trim()}\n`).join('');
    await disk.chroot(['sh', '/setup.sh', name, wire.address, user, sudo, ...servers], keys);
    await disk.chroot(['rm', '/setup.sh']);
    await disk.sync();
    const host = new Host({ name, release, servers, user }, this.janitor, disk, wire, () =>
      this.hosts.delete(host),
    );
    this.hosts.add(host);
    if (!options.off) await host.boot();
    return host;
  }

  /** Takes down every host and everything that the lab has made on this machine. */
  async stop(): Promise<void> {
    this.hosts.clear();
    await this.janitor.stop();
  }
}

/** A new, empty lab with a network of its own. Ends with `stop()`, or by itself when this process ends. */
export async function createLab(): Promise<Lab> {
  return new Lab(await startJanitor());
}
