import 'server-only';

/** Where and as whom to log in, and which host key must answer. Holds a secret: never log it. */
export interface SshTarget {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Private key text: OpenSSH, PEM or PuTTY format. Of no meaning where an agent signs. */
  readonly privateKey: string;
  readonly passphrase?: string;
  /** An OpenSSH certificate of that key, as one line. */
  readonly certificate?: string;
  /** Socket of an SSH agent that signs instead. */
  readonly agentSocket?: string;
  /** The pinned host key (G11): its type as in `ssh-ed25519`, and `SHA256:…`. */
  readonly hostKeyType: string;
  readonly hostKeyFingerprint: string;
  /** `enrolled`: the key is held to the installed helper by a forced command. Default: root, or sudo for anybody else. */
  readonly account?: 'root' | 'sudo' | 'enrolled';
  /** Reached through this host. */
  readonly via?: SshTarget;
}
