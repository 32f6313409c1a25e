import 'server-only';
import type { Duplex } from 'node:stream';
import type { RemoteCommand } from '#server/hosts/helper/remote-command';

/** What a finished command left behind. `stderr` is capped and hostile text. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** A running command. Reading `lines` to its end and then awaiting `exit` is the normal way through. */
export interface Execution {
  /** Lines of stdout without their line ends, capped in length each; throws `TransportError` when the link is lost. */
  readonly lines: AsyncIterable<string>;
  readonly exit: Promise<Exit>;
  /** Gives up on it: closes the channel. What the host does then is up to the host. */
  abort(): void;
}

export interface ExecOptions {
  /** After this long without any output the command counts as lost. */
  readonly idleTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What a command gets on its stdin; parts that are not known yet are waited for. */
export type Stdin = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A way to reach a host. Commands are constants chosen by name: user data only ever travels on stdin. */
export interface Transport {
  readonly kind: 'ssh' | 'local';
  /** The account is root already, may become it by `sudo -n`, or is held to the installed helper by a forced command. */
  readonly account: 'root' | 'sudo' | 'enrolled';
  exec(command: RemoteCommand, stdin: Stdin, options?: ExecOptions): Promise<Execution>;
  /** A TCP connection made by the host itself, for probes (`127.0.0.1` is the host's own loopback). */
  forward(address: string, port: number): Promise<Duplex>;
  /** Gives the connection back; a pooled one stays open for a while. */
  close(): Promise<void>;
}
