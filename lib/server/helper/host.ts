import 'server-only';
import type { EventOf, HelperEvent } from '#core/host/event';
import type { RequestOf } from '#core/host/protocol';
import type { LiveFile } from '#core/plan/file-state';
import type { ServerKind } from '#core/servers/types';
import type { Transport } from '#server/ssh/transport';
import type { RunHelperOptions } from './run-helper';

/** Everything `facts` says, sorted by kind. */
export interface HostFacts {
  readonly begin: EventOf<'begin'>;
  readonly host: EventOf<'host'>;
  readonly disks: readonly EventOf<'disk'>[];
  readonly servers: readonly EventOf<'server'>[];
  readonly listeners: readonly EventOf<'listener'>[];
  readonly journals: readonly EventOf<'journal'>[];
  /** Our clock minus the host's, in seconds. */
  readonly clockSkewSeconds: number;
}
export declare function readFacts(transport: Transport, options?: RunHelperOptions): Promise<HostFacts>;

export interface HostState {
  /** Managed files found, and every path asked for (also when absent). */
  readonly files: readonly (LiveFile & { readonly server: ServerKind | null })[];
  readonly exists: ReadonlyMap<string, 'absent' | 'file' | 'other'>;
  readonly journals: readonly EventOf<'journal'>[];
}
export declare function readState(
  transport: Transport,
  request: Omit<RequestOf<'state'>, 'verb'>,
  options?: RunHelperOptions,
): Promise<HostState>;

export interface Preflight {
  readonly method: 'namespace' | 'copy' | 'live';
  /** The tree as it is, before us (G7). */
  readonly baseline: EventOf<'tested'> | null;
  readonly candidate: EventOf<'tested'> | null;
  readonly certificates: readonly EventOf<'certificate'>[];
  readonly warnings: readonly EventOf<'warning'>[];
  /** Paths that are not as the request says (the plan is stale). */
  readonly changed: readonly EventOf<'changed'>[];
  readonly errors: readonly EventOf<'error'>[];
}
export declare function preflightOnHost(
  transport: Transport,
  request: Omit<RequestOf<'preflight'>, 'verb'>,
  options?: RunHelperOptions,
): Promise<Preflight>;

export interface ApplyAnswer {
  readonly outcome: EventOf<'end'>['outcome'];
  readonly events: readonly HelperEvent[];
  readonly errors: readonly EventOf<'error'>[];
  readonly changed: readonly EventOf<'changed'>[];
  readonly conflict: EventOf<'conflict'> | null;
}
/** Everything up to the proof. `holding` waits for `confirmOnHost`; `unchanged` wrote nothing. Never repeated by itself. */
export declare function applyOnHost(
  transport: Transport,
  request: Omit<RequestOf<'apply'>, 'verb'>,
  options?: RunHelperOptions,
): Promise<ApplyAnswer>;
export declare function confirmOnHost(
  transport: Transport,
  applyId: string,
  options?: RunHelperOptions,
): Promise<ApplyAnswer>;
export declare function holdOnHost(
  transport: Transport,
  applyId: string,
  holdSeconds: number,
  options?: RunHelperOptions,
): Promise<ApplyAnswer>;
export declare function rollbackOnHost(
  transport: Transport,
  applyId: string,
  options?: RunHelperOptions,
): Promise<ApplyAnswer>;
/** `journal` is `null` when the host never heard of this apply: then nothing of it was written. */
export declare function statusOnHost(
  transport: Transport,
  applyId: string,
  options?: RunHelperOptions,
): Promise<{ journal: EventOf<'journal'> | null; events: readonly HelperEvent[] }>;
export declare function recoverOnHost(
  transport: Transport,
  options?: RunHelperOptions,
): Promise<{ journals: readonly EventOf<'journal'>[]; events: readonly HelperEvent[] }>;
