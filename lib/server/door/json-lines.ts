import 'server-only';
import type { z } from 'zod';
import type { Logger } from '../platform/log';

const linesPerCheck = 1000;
const chunkCharacters = 64 * 1024;

interface LinesOptions {
  readonly event: z.ZodType | undefined;
  readonly log: Logger;
  /** Asked every thousand lines: a long download ends when its reader's session or membership does. */
  readonly stillAllowed: () => Promise<boolean>;
}

/**
 * One JSON document per line, taken from its source as fast as the reader reads. What fails on the way breaks the connection, so that a
 * part never passes for the whole.
 */
export function jsonLines(rows: AsyncIterable<unknown>, options: LinesOptions): ReadableStream<Uint8Array> {
  const { event, log, stillAllowed } = options;
  const encoder = new TextEncoder();
  const iterator = rows[Symbol.asyncIterator]();
  let lines = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = '';
        try {
          while (text.length < chunkCharacters) {
            const next = await iterator.next();
            if (next.done) {
              if (text) controller.enqueue(encoder.encode(text));
              return controller.close();
            }
            lines += 1;
            if (lines % linesPerCheck === 0) await stillAllowed();
            text += `${JSON.stringify(event ? event.parse(next.value) : next.value)}\n`;
          }
          controller.enqueue(encoder.encode(text));
        } catch (error) {
          log.error({ err: error }, 'download failed');
          await iterator.return?.();
          controller.error(new Error('the download was broken off'));
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
