import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Disk } from '#lab/disk';
import type { Janitor } from '#lab/janitor';
import { labFile } from '#lab/lab-file';
import type { Wire } from '#lab/network';
import type { Release, ServerName } from '#lab/root-layers';
import { cleanEnv, type RunOptions, type RunResult, release, run, spawnUpstream } from '#lab/run';
import { parseTree, type TreeOptions, treeCommand } from '#lab/tree';

export interface HostFacts {
  name: string;
  release: Release;
  servers: readonly ServerName[];
  /** Login of the authorised keys. */
  user: string;
}

export interface HostProcess {
  /** As the host itself numbers it. */
  pid: number;
  ppid: number;
  user: string;
  state: string;
  command: string;
}

export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** Something that runs on a host and is not part of its disk, such as a CI server; started again at each boot. */
export interface HostService {
  start(): Promise<void>;
}

/** A whole Linux machine: own kernel namespaces, address, disk, OpenSSH and web servers. Made by `lab.host()`. */
export class Host {
  readonly name: string;
  readonly release: Release;
  readonly servers: readonly ServerName[];
  readonly user: string;
  readonly address: string;
  readonly port = 22;
  /** For `ip netns exec <namespace> …`. */
  readonly namespace: string;
  #init: { child: ChildProcess; pid: number } | undefined;
  #services = new Set<HostService>();

  constructor(
    facts: HostFacts,
    private readonly janitor: Janitor,
    private readonly disk: Disk,
    private readonly wire: Wire,
    private readonly forget: () => void,
  ) {
    this.name = facts.name;
    this.release = facts.release;
    this.servers = facts.servers;
    this.user = facts.user;
    this.address = wire.address;
    this.namespace = wire.namespace;
  }

  get running(): boolean {
    return this.#init !== undefined;
  }

  /** Turns the host on and returns when sshd, the web servers and attached services have been started. */
  async boot(): Promise<void> {
    if (this.#init) throw new Error(`${this.name} is on already`);
    await this.wire.plug();
    const [nsenter = '', ...inMounts] = this.janitor.inMounts;
    const unshare = ['unshare', '--mount', '--pid', '--uts', '--ipc', '--fork', '--kill-child', '--'];
    const argv = [`--net=/run/netns/${this.namespace}`, ...inMounts, ...unshare];
    const boot = ['sh', labFile('boot.sh'), this.disk.directory, labFile('.'), ...this.servers];
    const child = spawn(nsenter, [...argv, ...boot], { env: cleanEnv, detached: true, stdio: 'pipe' });
    child.stdin.end();
    const errors: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const ready = new Promise<number>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('ready ')) resolve(Number(line.slice(6)));
      });
      child.on('close', () => reject(new Error(`${this.name} does not boot: ${errors.join('')}`)));
    });
    this.#init = { child, pid: await ready };
    // A caller that forgets to stop its lab can still end; the janitor sees to the rest.
    release(child);
    for (const service of this.#services) await service.start();
  }

  /** Attaches a service and starts it; it dies with a power cut and comes back with `boot()`. */
  async attach(service: HostService): Promise<void> {
    this.#services.add(service);
    await service.start();
  }

  detach(service: HostService): void {
    this.#services.delete(service);
  }

  /**
   * Pulls the plug: network silent, disk frozen as it is, every process gone, all in the same instant for anybody who
   * watches. What was written but not synced is lost, as on a real machine. The disk can be looked at while the host is off.
   */
  async powerCut(): Promise<void> {
    await this.wire.cut();
    await this.disk.cutPower();
    await this.#kill();
    await this.disk.remount();
  }

  async cutLink(): Promise<void> {
    await this.wire.cut();
  }

  async restoreLink(): Promise<void> {
    await this.wire.restore();
  }

  /** Runs a command, or a POSIX script, as root on the host. */
  async exec(command: string | readonly string[], options?: RunOptions): Promise<RunResult> {
    const argv = typeof command === 'string' ? ['sh', '-c', command] : command;
    return run([...this.#enter('--mount', '--uts', '--ipc', '--net', '--pid'), ...argv], options);
  }

  /**
   * Starts a program of this machine (not of the host's disk) in the host's network and among its processes, so that it
   * listens on the host's 127.0.0.1 and dies with the host.
   */
  spawn(argv: readonly string[]): ChildProcess {
    const [nsenter = '', mounts = ''] = this.janitor.inMounts;
    return spawnUpstream(argv, [nsenter, mounts, ...this.#enter('--net', '--pid').slice(1)]);
  }

  /** For the data of what `spawn()` starts, which alone can see it; outlives power cuts, ends with the host. */
  get serviceDirectory(): string {
    return this.disk.directory;
  }

  async readFile(path: string): Promise<string> {
    return (await this.#command(['cat', '--', path])).stdout;
  }

  /** Writes through to the disk, so that it survives a power cut. Parent directories are made. */
  async writeFile(path: string, content: string | Buffer, mode = '644'): Promise<void> {
    const script = 'mkdir -p "$(dirname "$1")" && cat >"$1" && chmod "$2" "$1"';
    await this.#command(['sh', '-c', script, 'sh', path, mode], content);
    await this.disk.sync();
  }

  /** Everything that was written so far survives a power cut. */
  sync(): Promise<void> {
    return this.disk.sync();
  }

  /** A listing of these paths with kind, mode, owner, link target and content hash: equal text means equal tree. */
  async treeHash(paths: string | readonly string[], options?: TreeOptions): Promise<string> {
    const list = typeof paths === 'string' ? [paths] : paths;
    return parseTree((await this.#command(treeCommand(list, options))).stdout);
  }

  /** Every process on the host. */
  async processes(): Promise<HostProcess[]> {
    const { stdout } = await this.exec(['ps', '-e', '-ww', '-o', 'pid=,ppid=,user:32=,stat=,args=']);
    return stdout.split('\n').flatMap((line) => {
      const [, pid, ppid, user = '', state = '', command = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      const isThisListing = command.startsWith('ps -e -ww -o pid=,ppid=');
      return pid && !isThisListing ? [{ pid: Number(pid), ppid: Number(ppid), user, state, command }] : [];
    });
  }

  /** Ends every SSH session at once, with no goodbye from the shell below it; sshd itself keeps listening. */
  async killSshSessions(): Promise<void> {
    await this.exec(['pkill', '-KILL', '-f', '^sshd(-session)?: [^/]'], { check: false });
  }

  /** SHA256 fingerprint as `ssh` shows it. */
  async hostKeyFingerprint(type: HostKeyType = 'ed25519'): Promise<string> {
    const { stdout } = await this.#command(['ssh-keygen', '-lf', `/etc/ssh/ssh_host_${type}_key.pub`]);
    return stdout.split(' ')[1] ?? '';
  }

  /** The host is another one from now on, as far as SSH can tell: new keys, of the given types only. */
  async rotateHostKey(types: readonly HostKeyType[] = ['ed25519', 'ecdsa']): Promise<void> {
    const generate = types.map((type) => `ssh-keygen -q -t ${type} -N '' -f /etc/ssh/ssh_host_${type}_key`);
    await this.exec(`
      set -eu
      rm -f /etc/ssh/ssh_host_*
      ${generate.join('\n')}
      listener=$(cat /run/sshd.pid)
      kill "$listener"
      while kill -0 "$listener" 2>/dev/null; do sleep 0.01; done
      /usr/sbin/sshd
    `);
    await this.disk.sync();
  }

  /** Adds an OpenSSH public key line to the user's (or another account's) authorised keys. */
  async authorize(publicKey: string, user: string = this.user): Promise<void> {
    const script = 'home=$(getent passwd "$1" | cut -d: -f6) && cat >>"$home/.ssh/authorized_keys"';
    await this.#command(['sh', '-c', script, 'sh', user], `${publicKey.trim()}\n`);
    await this.disk.sync();
  }

  /** Starts a web server as its Debian unit does. */
  async startServer(server: ServerName): Promise<void> {
    await this.exec(['sh', '/run/lab/server.sh', 'start', server]);
  }

  async stopServer(server: ServerName): Promise<void> {
    await this.exec(['sh', '/run/lab/server.sh', 'stop', server]);
  }

  /** Leaves no free block: what needs one gets ENOSPC, until `freeDisk()`. */
  fillDisk(): Promise<void> {
    return this.disk.fill();
  }

  freeDisk(): Promise<void> {
    return this.disk.free();
  }

  /** EROFS for everything but /var/log, /run and /dev. Fails while a file elsewhere is open for writing. */
  readOnly(on: boolean): Promise<void> {
    return this.disk.readOnly(on);
  }

  /** EROFS at once, whatever is open for writing, as after a disk error; lasts until `powerCut()` and `boot()`. */
  failDisk(): Promise<void> {
    return this.disk.fail();
  }

  /** Throws the host away. */
  async stop(): Promise<void> {
    if (this.#init) await this.#kill();
    await this.disk.remove();
    this.forget();
  }

  async #kill(): Promise<void> {
    const init = this.#init;
    if (!init) throw new Error(`${this.name} is off`);
    this.#init = undefined;
    init.child.ref();
    const gone = once(init.child, 'exit');
    // Its parent ends after it, and it ends after everything else on the host.
    process.kill(init.pid, 'SIGKILL');
    await gone;
    await this.wire.unplug();
  }

  #enter(...namespaces: string[]): string[] {
    if (!this.#init) throw new Error(`${this.name} is off`);
    return ['/usr/bin/nsenter', `--target=${this.#init.pid}`, ...namespaces, '--'];
  }

  #command(argv: readonly string[], stdin: string | Buffer = ''): Promise<RunResult> {
    return this.#init ? this.exec(argv, { stdin }) : this.disk.chroot(argv, stdin);
  }
}
