import 'server-only';
import type { Execution, Transport } from '#server/hosts/ssh/transport';
import { TransportError } from '#server/platform/errors/transport-error';
import { helperText } from './helper-text';
import type { RemoteCommand } from './remote-command';

interface StartOptions {
  readonly signal?: AbortSignal;
  readonly idleTimeoutMs?: number;
  readonly asAccount?: boolean;
}

interface Ready {
  readonly startedAt: number;
  readonly execution: Promise<Execution>;
  /** The command has ended, or could not be started. */
  isOver: boolean;
  /** Sends the request, or with `null` ends the command without one. */
  readonly send: (request: readonly Uint8Array[] | null) => void;
}

const commands: Record<Transport['account'], RemoteCommand> = {
  root: 'direct-root',
  sudo: 'direct-sudo',
  enrolled: 'enrolled',
};
const idleTimeoutMs = 90_000;
/** The helper waits 20 s for its request. */
const freshMs = 10_000;

const waiting = new WeakMap<Transport, Ready>();

const isFresh = ({ startedAt, isOver }: Ready) => !isOver && performance.now() - startedAt < freshMs;

/**
 * Starts a helper on the host that waits for the next request of this transport: the session, the way to root and the helper's text take
 * as long as a small request does, and can be had while something else is waited for. It knows nothing of what it will be asked and holds nothing on
 * the host. Never throws; what goes wrong is said when the request is made. Where no request follows, `dismissHelper` ends it.
 */
export function readyHelper(transport: Transport): void {
  const before = waiting.get(transport);
  if (before && isFresh(before)) return;
  dismissHelper(transport);
  let send: Ready['send'] = () => undefined;
  const asked = new Promise<readonly Uint8Array[] | null>((resolve) => {
    send = resolve;
  });
  async function* stdin() {
    yield* loader(transport);
    yield* (await asked) ?? [];
  }
  const execution = transport.exec(commands[transport.account], stdin(), { idleTimeoutMs });
  const ready: Ready = { startedAt: performance.now(), execution, isOver: false, send };
  const over = () => {
    ready.isOver = true;
  };
  execution.then(({ exit }) => exit.then(over, over), over);
  waiting.set(transport, ready);
}

/** Ends the helper that waits for a request of this transport, if there is one. */
export function dismissHelper(transport: Transport): void {
  const ready = waiting.get(transport);
  waiting.delete(transport);
  if (ready) end(ready);
}

/** Without a request it says so and ends; its channel counts as open until that was read. */
function end({ send, execution }: Ready): void {
  send(null);
  const drain = async () => {
    for await (const _ of (await execution).lines);
  };
  drain().catch(() => undefined);
}

/** A helper that has been sent `request`: the one that waits, or a new one. One that `hadWaited` may turn out to have ended before. */
export async function startHelper(
  transport: Transport,
  request: readonly Uint8Array[],
  options: StartOptions,
): Promise<{ readonly execution: Execution; readonly hadWaited: boolean }> {
  const usual = !options.asAccount && options.idleTimeoutMs === undefined;
  const ready = usual ? await takeReady(transport, options.signal) : null;
  if (ready) {
    ready.send(request);
    return { execution: await ready.execution, hadWaited: true };
  }
  const asAccount = options.asAccount && transport.account === 'sudo';
  const command = asAccount ? 'direct-root' : commands[transport.account];
  const execution = await transport.exec(command, [...loader(transport), ...request], {
    idleTimeoutMs: options.idleTimeoutMs ?? idleTimeoutMs,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return { execution, hadWaited: false };
}

/** The one that waits, as long as it certainly does. A request goes out only once, so nothing has been sent when the answer is `null`. */
async function takeReady(transport: Transport, signal: AbortSignal | undefined): Promise<Ready | null> {
  const ready = waiting.get(transport);
  waiting.delete(transport);
  if (!ready) return null;
  const mayBeUsed = () => isFresh(ready) && !signal?.aborted;
  if (mayBeUsed()) {
    try {
      const execution = await ready.execution;
      if (mayBeUsed()) {
        follow(execution, signal);
        return ready;
      }
    } catch (error) {
      // A link that broke meanwhile is tried again; why the host refused would be the same once more.
      if (!(error instanceof TransportError) || error.code !== 'link-lost') throw error;
    }
  }
  end(ready);
  return null;
}

function follow(execution: Execution, signal: AbortSignal | undefined): void {
  if (!signal) return;
  signal.addEventListener('abort', execution.abort, { once: true });
  const off = () => signal.removeEventListener('abort', execution.abort);
  execution.exit.then(off, off);
}

/** What comes before a request: the helper's text, where the host has none of its own. */
function loader({ account }: Transport): Uint8Array[] {
  if (account === 'enrolled') return [];
  const script = Buffer.from(helperText());
  return [Buffer.from(`${script.length}\n`), script];
}
