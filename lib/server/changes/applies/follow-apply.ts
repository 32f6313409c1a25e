import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Context } from '../../door/context';
import { notFound } from '../../platform/errors/app-error';
import { onApplyChanged } from './apply-bus';
import { isFinished } from './apply-status';
import { applyInclude, applyView } from './apply-view';

type Message = { apply: ReturnType<typeof applyView> };

/** Changes closer together than this make one message. */
const coalesceMs = 100;
/** A change may come from another process (recovery after a restart): the rows are looked at this often anyway. */
const lookAgainMs = 5000;

/**
 * The whole apply in its current state, at once and again at every change, until it has ended or the reader is gone. Any number of readers
 * may follow: each reads the database, so none can miss or mix up a part.
 */
export async function followApply({
  db,
  params,
  signal,
}: Context<typeof applies.events>): Promise<AsyncIterable<Message>> {
  const read = () => db.apply.findUnique({ where: { id: params.id }, include: applyInclude });
  if (!(await read())) throw notFound('apply');
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);

  async function* messages(): AsyncGenerator<Message> {
    const news = listen(params.id);
    let last = '';
    try {
      while (!ended.aborted) {
        news.take();
        const row = await read();
        if (!row) return;
        const message = { apply: applyView(row) };
        const text = JSON.stringify(message);
        if (text !== last) yield message;
        last = text;
        if (isFinished(message.apply.status)) return;
        await news.next(ended);
        await pause(coalesceMs, ended);
      }
    } finally {
      news.close();
    }
  }
  const generator = messages();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => generator.next(),
      // A generator that waits cannot be told to stop; ending its wait first can.
      return: () => {
        stop.abort();
        return generator.return(undefined);
      },
    }),
  };
}

/** Remembers whether something changed since `take`, so that no change falls between reading and waiting. */
function listen(applyId: string) {
  let changed = false;
  let wake: (() => void) | null = null;
  const close = onApplyChanged(applyId, () => {
    changed = true;
    wake?.();
  });
  return {
    close,
    take: () => {
      changed = false;
    },
    next: async (signal: AbortSignal) => {
      if (changed) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookAgainMs);
        wake = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const done = () => wake?.();
        signal.addEventListener('abort', done, { once: true });
        if (signal.aborted) done();
      });
      wake = null;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
