import 'server-only';
import type { EventOf } from '#core/host/event';
import type { ChallengeToken, RequestOf } from '#core/host/protocol';
import type { Transport } from '#server/hosts/ssh/transport';
import { incomplete, only, succeeded } from './helper-answer';
import { type RunHelperOptions, runHelper } from './run-helper';

/** One generation of a certificate on a host (see the helper's verbs `certkey` and `certchain`). */
type Generation = Omit<RequestOf<'certkey'>, 'verb' | 'keyType' | 'hostnames'>;

/** The request (CSR, DER as base64url) of a generation, whose key is made on the host at the first call. Throws `TransportError`. */
export async function certificateRequestOnHost(
  transport: Transport,
  request: Omit<RequestOf<'certkey'>, 'verb'>,
  options?: RunHelperOptions,
): Promise<string> {
  const { events } = succeeded(await runHelper(transport, { verb: 'certkey', ...request }, options));
  const made = only(events, 'request')[0];
  if (made?.generation !== request.generation) throw incomplete('certkey');
  return Buffer.from(made.der, 'base64').toString('base64url');
}

/** Puts a chain beside its key. Throws `TransportError`, whose facts name what does not fit. */
export async function putChainOnHost(
  transport: Transport,
  request: Generation & { readonly hostnames: string[]; readonly chain: string },
  options?: RunHelperOptions,
): Promise<void> {
  succeeded(await runHelper(transport, { verb: 'certchain', ...request }, options));
}

/** Puts answers to challenges in place, or takes them away. Throws `TransportError`. */
export async function putChallengesOnHost(
  transport: Transport,
  tokens: readonly ChallengeToken[],
  options?: RunHelperOptions,
): Promise<void> {
  succeeded(await runHelper(transport, { verb: 'challenge', tokens: [...tokens] }, options));
}

/** What the certificates of sites are worth on the host, and whether its server has loaded them. Throws `TransportError`. */
export async function readPairs(
  transport: Transport,
  request: Omit<RequestOf<'pairs'>, 'verb'>,
  options?: RunHelperOptions,
): Promise<readonly EventOf<'pair'>[]> {
  return only(succeeded(await runHelper(transport, { verb: 'pairs', ...request }, options)).events, 'pair');
}
