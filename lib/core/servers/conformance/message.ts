/** An HTTP/1.1 message head as it stood on the wire. */
export interface Head {
  /** Request or status line. */
  readonly line: string;
  /** Names as sent, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Splits a head from the bytes after it; `null` while the head is not complete. */
export function splitHead(bytes: Buffer): { head: Head; rest: Buffer } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [line = '', ...fields] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  return { head: { line, headers }, rest: bytes.subarray(end + 4) };
}

/** All values of a header, by name in any case. */
export function values(headers: Head['headers'], name: string): string[] {
  return headers.filter(([known]) => known.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

/** Joins the chunks of a chunked body; `null` while the last one is missing. */
export function unchunk(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (Number.isNaN(size)) throw new Error('a chunk without its size');
    if (size === 0) return Buffer.concat(parts);
    if (bytes.length < lineEnd + 2 + size + 2) return null;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
