import 'server-only';
import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { closing } from '../platform/closing';
import type { Logger } from '../platform/log';

const heartbeatMs = 15_000;

interface StreamOptions {
  readonly event: z.ZodType | undefined;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Asked at every heartbeat, and whenever rights changed: a stream ends when its reader's session or membership does. */
  readonly stillAllowed: () => Promise<boolean>;
  /** Calls back when somebody's rights changed; returns what stops it. */
  readonly onAccessChange: (listener: () => void) => () => void;
}

/** Server-sent events from a sequence of messages, with heartbeats so that a proxy does not cut a quiet stream. */
export function eventStream(
  messages: AsyncIterable<unknown>,
  options: StreamOptions,
): ReadableStream<Uint8Array> {
  const { event, signal, log, stillAllowed, onAccessChange } = options;
  const encoder = new TextEncoder();
  const iterator = messages[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout | undefined;
  const stopping = closing();
  let forget = (): void => undefined;
  let ended = false;
  let leave = (): void => undefined;

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const end = () => {
        if (ended) return;
        ended = true;
        clearInterval(heartbeat);
        forget();
        signal.removeEventListener('abort', end);
        stopping.removeEventListener('abort', leave);
        // A generator that waits for its next message cannot be told to stop before that one.
        void Promise.resolve(iterator.return?.()).catch((error: unknown) =>
          log.error({ err: error }, 'stream did not end'),
        );
        try {
          controller.close();
        } catch {
          // The reader has gone already.
        }
      };
      const send = (text: string) => {
        if (!ended) controller.enqueue(encoder.encode(text));
      };
      // All readers come back to the next process, but not all in the same moment.
      leave = () => {
        send(`retry: ${randomInt(1000, 4000)}\n: the server restarts\n\n`);
        end();
      };
      signal.addEventListener('abort', end);
      stopping.addEventListener('abort', leave);
      const ask = (and: () => void) => void stillAllowed().then((allowed) => (allowed ? and() : end()), end);
      heartbeat = setInterval(() => ask(() => send(': still here\n\n')), heartbeatMs);
      forget = onAccessChange(() => ask(() => undefined));
      send('retry: 2000\n\n');
      if (stopping.aborted) leave();
      const pump = async () => {
        for (let next = await iterator.next(); !next.done && !ended; next = await iterator.next()) {
          send(`data: ${JSON.stringify(event ? event.parse(next.value) : next.value)}\n\n`);
        }
      };
      void pump()
        .catch((error: unknown) => log.error({ err: error }, 'stream failed'))
        .finally(end);
    },
    cancel() {
      ended = true;
      clearInterval(heartbeat);
      stopping.removeEventListener('abort', leave);
      forget();
      return Promise.resolve(iterator.return?.()).then(() => undefined);
    },
  });
}
