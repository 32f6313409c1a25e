import { HelperEvent } from './event';

/**
 * One line of the helper's output as an event. Keys that end in `64` hold base64 of hostile text: they are decoded, stripped of
 * control characters and renamed (`text64` → `text`). `null` for a line that is not an event of this protocol.
 */
export function parseEvent(line: string): HelperEvent | null {
  if (!line.startsWith('{"event":')) return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const parsed = HelperEvent.safeParse(decodeTexts(value));
  return parsed.success ? parsed.data : null;
}

function decodeTexts(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key.endsWith('64') && typeof item === 'string' ? [key.slice(0, -2), decodeHostText(item)] : [key, item],
    ),
  );
}

/** Base64 to text: invalid UTF-8 becomes U+FFFD, escape sequences and control characters except tab and newline go away. */
export function decodeHostText(base64: string): string {
  return cleanHostText(new TextDecoder().decode(decodeBase64(base64)));
}

/** Empty for what is not base64. */
export function decodeBase64(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** What a host said, safe to show: no terminal sequences, no control or bidirectional-override characters. */
export function cleanHostText(text: string): string {
  return text
    .replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '')
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '');
}
