import 'server-only';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Longest line that is kept whole; what goes beyond is cut off. The helper's longest one is its base64 of capped output. */
export const maxLineLength = 1_000_000;

/** Lines of a stream without their line ends. Reads no further ahead than the stream's own buffer: a slow reader slows the host. */
export async function* readLines(stream: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const pieces = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = (pieces.pop() ?? '').slice(0, maxLineLength);
    for (const piece of pieces) yield piece.slice(0, maxLineLength).replace(/\r$/, '');
  }
  rest += decoder.end();
  if (rest) yield rest;
}

/** Collects at most `maxBytes` of a stream as text, and reads the rest away. */
export function collectText(stream: Readable, maxBytes = 65_536): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < maxBytes) chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
