import 'server-only';
import { createHash } from 'node:crypto';
import type { Fingerprint, LiveFile } from '#core/change/file-state';
import type { EventOf, HelperEvent } from '#core/host/event';
import type { RequestOf } from '#core/host/protocol';
import type { SourceFile } from '#core/inventory/source-tree';
import type { ServerKind } from '#core/web-server/render-target';
import type { Transport } from '#server/hosts/ssh/transport';
import { TransportError } from '#server/platform/errors/transport-error';
import { incomplete, only, refusal, succeeded } from './helper-answer';
import { helperSha256 } from './helper-text';
import { readyHelper } from './ready-helper';
import { type HelperAnswer, type RunHelperOptions, runHelper } from './run-helper';

/** Everything `facts` says, sorted by kind. */
export interface HostFacts {
  readonly host: EventOf<'host'>;
  readonly helperVersion: string;
  readonly disks: readonly EventOf<'disk'>[];
  readonly servers: readonly EventOf<'server'>[];
  readonly listeners: readonly EventOf<'listener'>[];
  readonly journals: readonly EventOf<'journal'>[];
  /** The host's clock minus ours, in seconds. */
  readonly clockSkewSeconds: number;
}

/** What the host is; of its web servers only `servers`, where some are named. Throws `TransportError`. */
export async function readFacts(
  transport: Transport,
  { servers = [], ...options }: RunHelperOptions & { readonly servers?: readonly ServerKind[] } = {},
): Promise<HostFacts> {
  const { events } = succeeded(await runHelper(transport, { verb: 'facts', servers: [...servers] }, options));
  assertOwnHelper(transport, events);
  const now = Math.round(Date.now() / 1000);
  const begin = only(events, 'begin')[0];
  const host = only(events, 'host')[0];
  if (!begin || !host) throw incomplete('facts');
  return {
    host,
    helperVersion: begin.helper,
    disks: only(events, 'disk'),
    servers: only(events, 'server'),
    listeners: only(events, 'listener'),
    journals: only(events, 'journal'),
    clockSkewSeconds: begin.epochSeconds - now,
  };
}

export interface HostState {
  /** Managed files found, and every path asked for (also when absent). */
  readonly files: readonly (LiveFile & { readonly server: ServerKind | null })[];
  readonly exists: ReadonlyMap<string, 'absent' | 'file' | 'other'>;
  readonly journals: readonly EventOf<'journal'>[];
}

/** Fingerprints, and with `contents` the texts, of what is ours and of `paths`. Throws `TransportError`. */
export async function readState(
  transport: Transport,
  request: Omit<RequestOf<'state'>, 'verb'>,
  options?: RunHelperOptions,
): Promise<HostState> {
  const answer = succeeded(await runHelper(transport, { verb: 'state', ...request }, options));
  return {
    files: liveFiles(answer),
    exists: new Map(only(answer.events, 'exists').map((event) => [event.path, event.kind])),
    journals: only(answer.events, 'journal'),
  };
}

/** Texts of the given config files; `content` is `null` for what is absent, too long, or a key. Throws `TransportError`. */
export async function readFiles(
  transport: Transport,
  paths: readonly string[],
  options?: RunHelperOptions,
): Promise<LiveFile[]> {
  return liveFiles(succeeded(await runHelper(transport, { verb: 'read', paths: [...paths] }, options)));
}

/** What one server of a host reads: see the helper's `inventory`. Texts are hostile and stay in memory. */
export interface EffectiveConfig {
  readonly told: EventOf<'effective'>;
  readonly variables: ReadonlyMap<string, string>;
  readonly files: readonly SourceFile[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  /** By path: how many seconds ago it was written. */
  readonly ages: ReadonlyMap<string, number>;
}

/** The effective configuration of each of these servers that is on the host. Throws `TransportError`. */
export async function readEffective(
  transport: Transport,
  servers: readonly ServerKind[],
  options?: RunHelperOptions,
): Promise<EffectiveConfig[]> {
  const request = { verb: 'inventory' as const, servers: [...servers] };
  const { events, contents } = succeeded(await runHelper(transport, request, options));
  let offset = 0;
  const found = only(events, 'effective').map((told): EffectiveConfig => {
    const sources = only(events, 'source').filter(({ server }) => server === told.server);
    const lines = only(events, 'variables').find(({ server }) => server === told.server)?.text ?? '';
    return {
      told,
      variables: new Map(
        lines
          .split('\n')
          .filter((line) => line.includes('='))
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      ),
      files: sources
        .filter(({ content }) => content)
        .map(({ path, real, sizeBytes }) => {
          const bytes = contents.subarray(offset, offset + sizeBytes);
          offset += sizeBytes;
          return { path, real, text: new TextDecoder().decode(bytes) };
        }),
      ages: new Map(
        sources.flatMap(({ path, changedSecondsAgo }) =>
          changedSecondsAgo === null ? [] : [[path, changedSecondsAgo] as const],
        ),
      ),
      unread: sources
        .filter(({ content }) => !content)
        .map(({ path, reason = 'unread' }) => ({ path, reason })),
    };
  });
  if (offset !== contents.length) throw moving('The configuration');
  return found;
}

export interface Preflight {
  readonly method: EventOf<'tested'>['method'] | null;
  /** The tree as it is, before us (G7). */
  readonly baseline: EventOf<'tested'> | null;
  readonly candidate: EventOf<'tested'> | null;
  readonly certificates: readonly EventOf<'certificate'>[];
  readonly warnings: readonly EventOf<'warning'>[];
  /** What Caddy runs, against its file; `null` for the other servers, and where Caddy does not run. */
  readonly ran: EventOf<'ran'> | null;
  /** Paths that are not as the request says (the plan is stale). */
  readonly changed: readonly EventOf<'changed'>[];
  readonly errors: readonly EventOf<'error'>[];
}

/** The host's own verdict on the tree as it is and as it would be; touches nothing live. Throws `TransportError`. */
export async function preflightOnHost(
  transport: Transport,
  request: Omit<RequestOf<'preflight'>, 'verb'>,
  options?: RunHelperOptions,
): Promise<Preflight> {
  const { events } = await runHelper(transport, { verb: 'preflight', ...request }, options);
  const tested = only(events, 'tested');
  return {
    method: tested.at(-1)?.method ?? null,
    baseline: tested.find((event) => event.tree === 'baseline') ?? null,
    candidate: tested.find((event) => event.tree === 'candidate') ?? null,
    certificates: only(events, 'certificate'),
    warnings: only(events, 'warning'),
    ran: only(events, 'ran')[0] ?? null,
    changed: only(events, 'changed'),
    errors: only(events, 'error'),
  };
}

export interface ApplyAnswer {
  readonly outcome: EventOf<'end'>['outcome'];
  readonly events: readonly HelperEvent[];
  readonly errors: readonly EventOf<'error'>[];
  readonly changed: readonly EventOf<'changed'>[];
  readonly conflict: EventOf<'conflict'> | null;
}

/**
 * Everything up to the proof. `holding` waits for `confirmOnHost` and undoes itself without it; `unchanged` wrote nothing;
 * `refused` left everything as it was; `rolled-back` restored it and proved it. Never repeated by itself: after a
 * `TransportError` ask with `statusOnHost`.
 */
export async function applyOnHost(
  transport: Transport,
  request: Omit<RequestOf<'apply'>, 'verb'>,
  options?: RunHelperOptions,
) {
  if (transport.account === 'enrolled') {
    const status = runHelper(transport, { verb: 'status', applyId: request.applyId });
    readyHelper(transport);
    assertOwnHelper(transport, (await status).events);
  }
  return act(transport, { verb: 'apply', ...request }, options);
}

/** Keeps what a holding apply wrote. `rolled-back` when it came too late. */
export function confirmOnHost(transport: Transport, applyId: string, options?: RunHelperOptions) {
  return act(transport, { verb: 'confirm', applyId }, options);
}

/** Gives a holding apply another `holdSeconds` from now. */
export function holdOnHost(
  transport: Transport,
  applyId: string,
  holdSeconds: number,
  options?: RunHelperOptions,
) {
  return act(transport, { verb: 'hold', applyId, holdSeconds }, options);
}

/** Restores what was there before a holding (or crashed) apply. */
export function rollbackOnHost(transport: Transport, applyId: string, options?: RunHelperOptions) {
  return act(transport, { verb: 'rollback', applyId }, options);
}

/** What happened to an apply. `journal` is `null` when the host never heard of it: then none of it was written. */
export async function statusOnHost(
  transport: Transport,
  applyId: string,
  options?: RunHelperOptions,
): Promise<{ journal: EventOf<'journal'> | null; events: readonly HelperEvent[] }> {
  const { events } = await runHelper(transport, { verb: 'status', applyId }, options);
  const journal = only(events, 'journal')[0] ?? null;
  if (!journal && !only(events, 'error').some((error) => error.code === 'apply-unknown'))
    throw refusal(events);
  return { journal, events };
}

/** Restores every apply that a crash left open. `journals`: those, and the ones that are still on trial. */
export async function recoverOnHost(
  transport: Transport,
  options?: RunHelperOptions,
): Promise<{ journals: readonly EventOf<'journal'>[]; events: readonly HelperEvent[] }> {
  const { events } = succeeded(await runHelper(transport, { verb: 'recover' }, options));
  return { journals: only(events, 'journal'), events };
}

async function act(
  transport: Transport,
  request: Parameters<typeof runHelper>[1],
  options: RunHelperOptions | undefined,
): Promise<ApplyAnswer> {
  const { events, end } = await runHelper(transport, request, options);
  return {
    outcome: end.outcome,
    events,
    errors: only(events, 'error'),
    changed: only(events, 'changed'),
    conflict: only(events, 'conflict')[0] ?? null,
  };
}

function liveFiles(answer: HelperAnswer): (LiveFile & { server: ServerKind | null })[] {
  let offset = 0;
  return only(answer.events, 'file').map((event) => {
    let content: string | null = null;
    if (event.content) {
      const bytes = answer.contents.subarray(offset, offset + (event.sizeBytes ?? 0));
      offset += bytes.length;
      if (createHash('sha256').update(bytes).digest('hex') !== event.sha256) throw moving(event.path);
      content = new TextDecoder().decode(bytes);
    }
    return { path: event.path, fingerprint: fingerprintOf(event), content, server: event.server };
  });
}

/** The fingerprint that a `file` or `changed` event reports. */
export function fingerprintOf(event: EventOf<'file'> | EventOf<'changed'>): Fingerprint {
  if (event.kind === 'file') {
    const { sha256 = '', mode = 0, owner = '', group = '' } = event;
    return { kind: 'file', sha256, mode, owner, group };
  }
  return event.kind === 'link' ? { kind: 'link', target: event.target ?? '' } : { kind: event.kind };
}

/** An installed helper gets work only while it is, byte for byte, the one that belongs to this dashboard. */
function assertOwnHelper(transport: Transport, events: readonly HelperEvent[]): void {
  if (transport.account !== 'enrolled') return;
  const found = only(events, 'begin')[0]?.sha256 ?? 'none';
  if (found === helperSha256()) return;
  throw new TransportError(
    'helper-outdated',
    'The helper installed on this host is not the one that belongs to this dashboard.',
    'Have root run the upgrade script on it (“gatehouse hosts upgrade” has it, one for all hosts). If nobody updated the dashboard, find out who changed the helper.',
    { expected: helperSha256(), found },
  );
}

function moving(path: string): TransportError {
  return new TransportError('helper-refused', `${path} changed while it was read.`, 'Read it again.', {
    code: 'changed-while-reading',
    path,
  });
}
