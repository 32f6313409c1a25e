import { z } from 'zod';
import { Change } from '../change/change';
import { ServerKind } from '../web-server/render-target';

/**
 * The language between the dashboard and the helper on a host. One invocation of the helper is one request; it answers with
 * events, one JSON object per line (see `event.ts`). A request is a fixed-length header, then one blob: manifest lines, then
 * the contents of files (see `encode-request.ts`).
 */
export const protocolVersion = 1;

/** Name of one apply on one target: also the name of its journal on the host. */
export const ApplyId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{7,39}$/, 'must be 8 to 40 lower-case letters, digits and hyphens');
export type ApplyId = z.infer<typeof ApplyId>;

/** Paths that may appear in a request: no character that any tool treats specially, no `.` or `..` parts. */
export const RequestPath = z
  .string()
  .max(255)
  .regex(/^(?:\/[A-Za-z0-9._@+-]+)+$/, 'must be an absolute path of letters, digits and . _ @ + -')
  .refine(
    (path) => !path.split('/').some((part) => part === '.' || part === '..'),
    'must not contain . or .. parts',
  );

/** Who asks, as shown to the one who comes second: `ada@ci-dashboard`. */
export const Holder = z.string().regex(/^[A-Za-z0-9._@:+-]{1,120}$/);

/** The part of a plan's `Change` that the host needs. `noop` entries are compared, not written. */
export const HostChange = Change.pick({
  path: true,
  action: true,
  before: true,
  after: true,
  role: true,
  handOver: true,
});
export type HostChange = z.infer<typeof HostChange>;

const CertificateNames = z
  .array(
    z
      .string()
      .max(253)
      .regex(/^(?:\*\.)?[a-z0-9.-]+$/),
  )
  .min(1)
  .max(100);

/**
 * A pair to be made on the host when it is missing, or (self-signed) expiring or without one of the names. `acme`: beside the link to the served
 * generation, where there is none. The key never leaves the host.
 */
export const CertificateRequest = z.object({
  kind: z.enum(['self-signed', 'acme']).default('self-signed'),
  certificatePath: RequestPath,
  keyPath: RequestPath,
  hostnames: CertificateNames,
});
export type CertificateRequest = z.input<typeof CertificateRequest>;

/** One generation of an ACME certificate: a directory below the certificate's own, with key, request and chain. */
const generation = {
  server: ServerKind,
  directory: RequestPath,
  generation: ApplyId,
};

/** A challenge's token and what has to be found under it (RFC 8555, section 8.3); `null` takes it away. */
export const ChallengeToken = z.object({
  token: z.string().regex(/^[A-Za-z0-9_-]{16,200}$/),
  answer: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{16,300}$/)
    .nullable(),
});
export type ChallengeToken = z.infer<typeof ChallengeToken>;

/** A socket that must be listening, and be owned by the web server, once the files are live. */
export const ListenerRequest = z.object({
  port: z.int().min(1).max(65535),
  protocol: z.enum(['tcp', 'udp']),
});
export type ListenerRequest = z.infer<typeof ListenerRequest>;

const token = z.string().regex(/^[0-9a-f]{32}$/);

/** What a block of ours must be seen to answer on every address of the host. `awaited`: its certificate is fetched by the web server meanwhile. */
export const AskRequest = z.object({
  scheme: z.enum(['http', 'https', 'awaited']),
  /** The connection begins with a PROXY header. */
  proxied: z.boolean(),
  port: z.int().min(1).max(65535),
  hostname: z
    .string()
    .max(253)
    .regex(/^[a-z0-9.-]+$/),
  question: token,
  answer: token,
});
export type AskRequest = z.infer<typeof AskRequest>;

/** Type and body of a public key: the first two words of its `.pub` file. */
export const PublicKeyBody = z
  .string()
  .max(4096)
  .regex(
    /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) AAAA[A-Za-z0-9+/]+={0,3}$/,
    'must be type and body of a public key',
  );

const changeSet = {
  server: ServerKind,
  changes: z.array(HostChange).max(20_000),
  certificates: z.array(CertificateRequest).max(20_000),
};

export const HelperRequest = z.discriminatedUnion('verb', [
  /** What the host is: system, web servers (only these, where `servers` names some), tools, listeners. Changes nothing. */
  z.object({ verb: z.literal('facts'), servers: z.array(ServerKind).max(3).default([]) }),
  /** The texts of everything that the main config of each of these servers takes in. Runs nothing, changes nothing. */
  z.object({ verb: z.literal('inventory'), servers: z.array(ServerKind).min(1).max(3) }),
  /**
   * Fingerprints of every managed file of `servers` and of `paths`, and open journals, in one go. With `contents` the text of
   * those files too (within limits). `exists` asks only whether these paths are there (certificates of the user).
   */
  z.object({
    verb: z.literal('state'),
    servers: z.array(ServerKind).max(3),
    paths: z.array(RequestPath).max(20_000),
    exists: z.array(RequestPath).max(20_000),
    contents: z.boolean(),
  }),
  /** Contents of the given files. Only files of the web servers' own configuration, never private keys. */
  z.object({ verb: z.literal('read'), paths: z.array(RequestPath).max(20_000) }),
  /** The host's own test on the tree as it is (baseline) and as it would be. Nothing live is touched. */
  z.object({ verb: z.literal('preflight'), ...changeSet }),
  /** Everything up to and including the proof; then the host waits `holdSeconds` for `confirm` and restores the old state without it. */
  z.object({
    verb: z.literal('apply'),
    applyId: ApplyId,
    holder: Holder,
    holdSeconds: z.int().min(5).max(86_400),
    /** Start the web server when it is not running (and stop it again on rollback); otherwise that refuses the apply. */
    startIfStopped: z.boolean(),
    /** SHA-256 of a running configuration that is on no disk, and that a person has let go (event `ran`). */
    running: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    /** Reload even if nothing is to be written: what a file of somebody else holds has changed. */
    reload: z.boolean().optional(),
    listeners: z.array(ListenerRequest).max(1000),
    asks: z.array(AskRequest).max(2000),
    ...changeSet,
  }),
  z.object({ verb: z.literal('confirm'), applyId: ApplyId }),
  /** Gives a holding apply more (or less) time from now on. */
  z.object({ verb: z.literal('hold'), applyId: ApplyId, holdSeconds: z.int().min(5).max(86_400) }),
  z.object({ verb: z.literal('rollback'), applyId: ApplyId }),
  /** What happened to an apply: its state, and the events that its journal kept. */
  z.object({ verb: z.literal('status'), applyId: ApplyId }),
  /** Restores every apply that was left open by a crash and whose watchdog is gone. */
  z.object({ verb: z.literal('recover') }),
  /** Makes the key of a new generation, and tells the request (CSR) for it; asked again, it tells the same. */
  z.object({
    verb: z.literal('certkey'),
    ...generation,
    keyType: z.enum(['ecdsa', 'rsa']),
    hostnames: CertificateNames,
  }),
  /** Puts the chain beside its key. Refused unless it belongs to the key, covers the names, is valid now and is whole. */
  z.object({
    verb: z.literal('certchain'),
    ...generation,
    hostnames: CertificateNames,
    chain: z.string().max(262_144),
  }),
  /** What the certificates of sites are worth, and whether they are served. Reads only. */
  z.object({
    verb: z.literal('pairs'),
    server: ServerKind,
    pairs: z
      .array(
        z.object({
          certificatePath: RequestPath,
          keyPath: RequestPath,
          port: z.int().min(1).max(65535),
          hostnames: CertificateNames,
        }),
      )
      .min(1)
      .max(2000),
  }),
  /** Puts answers to challenges where the web servers find them, or takes them away. */
  z.object({ verb: z.literal('challenge'), tokens: z.array(ChallengeToken).min(1).max(200) }),
  /**
   * Changes the authorised keys of the account that asks. `add`: every line of the old key gets a twin with the new one. `drop`: the
   * old key goes, if the new one is there. `leave`: the old key goes and nothing takes its place.
   */
  z.object({
    verb: z.literal('rekey'),
    act: z.enum(['add', 'drop', 'leave']),
    oldKey: PublicKeyBody,
    newKey: PublicKeyBody.nullable(),
  }),
]);
export type HelperRequest = z.infer<typeof HelperRequest>;
export type HelperRequestInput = z.input<typeof HelperRequest>;
export type Verb = HelperRequest['verb'];
export type RequestOf<V extends Verb> = Extract<HelperRequest, { verb: V }>;
