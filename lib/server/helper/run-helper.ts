import 'server-only';
import type { HelperEvent } from '#core/host/event';
import type { HelperRequest } from '#core/host/protocol';
import type { Transport } from '#server/ssh/transport';

export interface RunHelperOptions {
  /** Called for each event as it arrives. */
  readonly onEvent?: (event: HelperEvent) => void;
  readonly signal?: AbortSignal;
  /** Without any event for so long the host counts as lost. Default 60 s. */
  readonly idleTimeoutMs?: number;
}

/** All that one request brought back. */
export interface HelperAnswer {
  readonly events: readonly HelperEvent[];
  readonly end: Extract<HelperEvent, { event: 'end' }>;
  /** Text of the files whose `file` event says `content: true`, by path. */
  readonly contents: ReadonlyMap<string, string>;
}

/**
 * Sends one request to the helper of a host and reads its events to the end.
 * Throws `TransportError`: `link-lost` means that we do not know what the host did; ask it with `status`.
 * An outcome that is not success is an answer, not an error: look at `end.outcome` and the `error` events.
 */
export declare function runHelper(
  transport: Transport,
  request: HelperRequest,
  options?: RunHelperOptions,
): Promise<HelperAnswer>;
