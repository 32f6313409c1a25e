const longestMs = 30 * 86_400_000;

/**
 * When a server that sent `Retry-After` may be asked again: seconds or an HTTP date (RFC 9110, section 10.2.3), `null` without a usable one. Never
 * more than 30 days from now: a certificate must not wait forever because of one header.
 */
export function retryAfter(header: string | null | undefined, now: Date): Date | null {
  if (header === null || header === undefined) return null;
  const text = header.trim();
  const at = /^\d{1,9}$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(at)) return null;
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + longestMs));
}
