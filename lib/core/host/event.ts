import { z } from 'zod';
import { StepName, StepStatus } from '../change/step';
import { LayoutId, ServerKind } from '../web-server/render-target';
import { ApplyId } from './protocol';

/** Free text of a host: hostile. It travels as base64 and is stripped of control characters when parsed. */
const HostText = z.string().max(2_000_000);
const Path = z.string().startsWith('/').max(4096);
/** Milliseconds of the host's monotonic clock (since its boot); differences are durations. */
const Millis = z.int().min(0);
const code = z.string().regex(/^[a-z][a-z0-9-]*$/);

const Print = {
  kind: z.enum(['absent', 'file', 'link', 'other']),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  mode: z.int().optional(),
  owner: z.string().optional(),
  group: z.string().optional(),
  target: z.string().optional(),
};

const JournalState = z.enum([
  'open',
  'holding',
  'confirmed',
  'rolling-back',
  'rolled-back',
  'restore-failed',
]);
export type JournalState = z.infer<typeof JournalState>;

export const HelperEvent = z.discriminatedUnion('event', [
  /** First line. Everything before it (banners of a login shell) is ignored. */
  z.object({
    event: z.literal('begin'),
    protocol: z.int(),
    nonce: z.string(),
    helper: z.string(),
    verb: z.string(),
    bootId: z.string(),
    atMs: Millis,
    epochSeconds: z.int(),
    /** Of the helper's own text, where it is installed on the host. */
    sha256: z.string().optional(),
  }),
  /** Something takes long, and is still at work. Not kept. */
  z.object({ event: z.literal('beat'), atMs: Millis }),
  z.object({
    event: z.literal('step'),
    name: StepName,
    status: StepStatus,
    atMs: Millis,
    /** Why it failed or was skipped: an error code. */
    reason: code.optional(),
  }),
  /** What a tool of the host printed. */
  z.object({
    event: z.literal('output'),
    step: StepName,
    tool: z.string(),
    exitCode: z.int(),
    text: HostText,
    truncated: z.boolean(),
  }),
  /** Verdict of the host's own test on a whole tree, and how it was reached. */
  z.object({
    event: z.literal('tested'),
    tree: z.enum(['baseline', 'candidate', 'live', 'restored']),
    /** `namespace`: at its real paths, in a private mount namespace. `copy`: on a copy with rewritten paths. `live`: the files as they are. */
    method: z.enum(['namespace', 'copy', 'live']),
    passed: z.boolean(),
    exitCode: z.int(),
    text: HostText,
    truncated: z.boolean(),
  }),
  /** Facts about the machine. */
  z.object({
    event: z.literal('host'),
    kernel: z.string(),
    arch: z.string(),
    distribution: z.string(),
    distributionVersion: z.string(),
    title: HostText,
    hostname: HostText,
    init: z.enum(['systemd', 'openrc', 'none']),
    uid: z.int(),
    selinux: z.enum(['enforcing', 'permissive', 'disabled']),
    /** Tools found, out of those that the helper can use. */
    tools: z.array(z.string()),
    /** Tools that it cannot do without and that are missing. */
    missing: z.array(z.string()),
    /** Can test a tree in a private mount namespace. */
    namespaces: z.boolean(),
    helperSha256: z.string(),
  }),
  z.object({
    event: z.literal('disk'),
    path: Path,
    freeKib: z.int(),
    freeInodes: z.int().nullable(),
    writable: z.boolean(),
  }),
  /** A web server that is installed. */
  z.object({
    event: z.literal('server'),
    server: ServerKind,
    binary: Path,
    version: z.string().nullable(),
    openssl: z.string().nullable(),
    layout: LayoutId,
    mainConfig: Path,
    mainConfigExists: z.boolean(),
    /** The command line of the running server says, or leaves, which main config it reads. */
    mainKnown: z.boolean().default(true),
    /** Caddy: the form of its main config (`caddyfile`, `json`). */
    adapter: z.string().nullable().default(null),
    /** Caddy: it goes on with what its API was told last, whatever the file says. */
    resumes: z.boolean().default(false),
    /** Others of its kind on this host, each with the main config that its command line names. */
    instances: z.array(z.object({ pid: z.int(), mainConfig: z.string().nullable() })).default([]),
    /** Directories that we write to, or are above them, and are symbolic links. */
    links: z.array(z.object({ path: Path, target: z.string() })).default([]),
    running: z.boolean(),
    masterPid: z.int().nullable(),
    user: z.string().nullable(),
    modules: z.array(z.string()),
    /** Apache on Debian: modules that could be switched on, each with what it needs. */
    available: z.array(z.object({ name: z.string(), needs: z.array(z.string()), config: z.boolean() })),
    /** Directories that we would write to, and whether the main config reads them. */
    directories: z.array(z.object({ path: Path, exists: z.boolean(), included: z.boolean() })),
  }),
  /** A web server whose effective configuration follows: what it was told at its start, or would read if it ran. */
  z.object({
    event: z.literal('effective'),
    server: ServerKind,
    running: z.boolean(),
    pid: z.int().nullable(),
    /** When that process began, in ticks since the boot: with the id it names one generation of the server. */
    startTicks: z.int(),
    /** Names the processes that read the configuration last, and how long ago they began; `null` where nothing runs. */
    generation: z.string().max(80).nullable().default(null),
    loadedSecondsAgo: z.int().nullable().default(null),
    /** `null` where the command line does not tell. */
    mainConfig: Path.nullable(),
    /** Where relative includes start. */
    base: z.string().nullable(),
    adapter: z.string().nullable(),
    resumes: z.boolean(),
    /** nginx: directives of the command line. */
    globals: z.string().nullable(),
    /** Apache: its -D. */
    defines: z.array(z.string()),
  }),
  /** `NAME=value` lines of the running process: only those that lines about names, addresses and ports ask for. */
  z.object({ event: z.literal('variables'), server: ServerKind, text: HostText }),
  /** A file that the server's main config takes in. Its text follows in the blob where `content` is true. */
  z.object({
    event: z.literal('source'),
    server: ServerKind,
    path: Path,
    /** The file itself, where `path` is or leads through a symbolic link. */
    real: Path,
    sizeBytes: z.int(),
    /** Since the text, or a link to it, was written. */
    changedSecondsAgo: z.int().nullable().default(null),
    content: z.boolean(),
    reason: code.optional(),
  }),
  /** A listening socket, with its owner. */
  z.object({
    event: z.literal('listener'),
    protocol: z.enum(['tcp', 'udp']),
    address: z.string(),
    port: z.int(),
    pid: z.int().nullable(),
    process: z.string(),
    server: ServerKind.nullable(),
  }),
  z.object({
    event: z.literal('file'),
    path: Path,
    ...Print,
    sizeBytes: z.int().optional(),
    /** `null` for paths that were asked for by name. */
    server: ServerKind.nullable(),
    /** Contents follow in the blob; `false` when they were not asked for, too long or not allowed. */
    content: z.boolean(),
  }),
  z.object({ event: z.literal('exists'), path: Path, kind: z.enum(['absent', 'file', 'other']) }),
  /** An apply that the host knows of. */
  z.object({
    event: z.literal('journal'),
    applyId: ApplyId,
    state: JournalState,
    server: ServerKind,
    holder: z.string(),
    startedEpochSeconds: z.int(),
    /** Time until the watchdog restores the old state; `null` when it is not waiting. */
    remainingSeconds: z.int().nullable(),
    watchdog: z.enum(['alive', 'dead', 'none']),
    /** Why it was rolled back. */
    reason: code.nullable(),
  }),
  /** Someone else is at work on this host (G8). */
  z.object({
    event: z.literal('conflict'),
    applyId: z.string().nullable(),
    holder: z.string(),
    state: z.string(),
    remainingSeconds: z.int().nullable(),
  }),
  /** A path is not as the plan saw it (G1). */
  z.object({ event: z.literal('changed'), path: Path, ...Print }),
  z.object({
    event: z.literal('certificate'),
    path: Path,
    action: z.enum(['kept', 'created', 'replaced']),
  }),
  /** A certificate that a site names or that is made for it: what it is worth, and whether it is the one served. */
  z.object({
    event: z.literal('pair'),
    path: Path,
    /** The first of what is wrong with it. */
    problem: z
      .enum([
        'absent',
        'unreadable',
        'key-not-of',
        'expired',
        'not-yet-valid',
        'lacks-names',
        'lacks-intermediate',
      ])
      .nullable(),
    /** Fit for at least thirty more days: a pair that the host makes itself is kept only then. */
    good: z.boolean(),
    /** As openssl writes it. */
    ends: HostText,
    /** SHA-256 of the certificate in the file, and of the one that the web server sends; `null` where there is none. */
    disk: z.string().nullable(),
    served: z.string().nullable(),
  }),
  /** The request for a certificate of a new generation, DER as base64. */
  z.object({
    event: z.literal('request'),
    generation: ApplyId,
    der: z
      .string()
      .max(65_536)
      .regex(/^[A-Za-z0-9+/]+=*$/),
  }),
  /** What showed that the files on disk are the ones serving (G3), or what spoke against it. */
  z.object({
    event: z.literal('proof'),
    step: StepName,
    masterPid: z.int().nullable(),
    alive: z.boolean(),
    oldWorkers: z.int(),
    newWorkers: z.int(),
    listeners: z.array(
      z.object({ protocol: z.enum(['tcp', 'udp']), port: z.int(), owned: z.boolean(), holder: z.string() }),
    ),
    /** New lines of the server's error log that report problems. */
    text: HostText,
  }),
  /** Who answered for the blocks of the apply, asked by the host itself on each of its addresses; `others` are those that were not ours. */
  z.object({
    event: z.literal('identity'),
    step: StepName,
    asked: z.int(),
    ours: z.int(),
    others: z.array(
      z.object({
        hostname: z.string(),
        address: z.string(),
        port: z.int(),
        /** `unasked`: the host has nothing to ask with. */
        answer: z.enum(['other', 'silent', 'unasked']),
      }),
    ),
  }),
  /** What Caddy runs, against what its file gives as it is on the disk; no other server takes a configuration from elsewhere. */
  z.object({
    event: z.literal('ran'),
    server: ServerKind,
    /** `unknown`: it could not be asked, see `reason`. */
    state: z.enum(['same', 'apart', 'unknown']),
    reason: code.nullable(),
    /** Where its admin endpoint is by that file. */
    admin: z.string().nullable(),
    /** Of what runs, where that is apart. */
    sha256: z.string().nullable(),
    /** Names that only what runs has: the next load of the file takes them away. */
    lost: z.array(z.string()).max(200),
  }),
  /** A planned port that the web server cannot get: somebody else listens there, or it does itself, on one address only. */
  z.object({
    event: z.literal('taken'),
    step: StepName,
    protocol: z.enum(['tcp', 'udp']),
    port: z.int(),
    address: z.string(),
    /** Name of the process, empty when it ended meanwhile. */
    holder: z.string(),
  }),
  /** One path was written, removed or put back. */
  z.object({
    event: z.literal('wrote'),
    path: Path,
    step: StepName,
    kind: z.enum(['absent', 'file', 'link']),
  }),
  z.object({ event: z.literal('warning'), code, path: Path.optional(), text: HostText.optional() }),
  z.object({
    event: z.literal('error'),
    code,
    step: StepName.optional(),
    path: Path.optional(),
    text: HostText.optional(),
  }),
  z.object({
    event: z.literal('end'),
    outcome: z.enum([
      'done',
      'unchanged',
      'holding',
      'confirmed',
      'rolled-back',
      'refused',
      'failed',
      'restore-failed',
    ]),
    atMs: Millis,
  }),
]);
export type HelperEvent = z.infer<typeof HelperEvent>;
export type EventOf<E extends HelperEvent['event']> = Extract<HelperEvent, { event: E }>;
