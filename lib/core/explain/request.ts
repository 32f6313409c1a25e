import type { Issue } from '../issue';
import { err, ok, type Result } from '../result';

/** A request as it would be on the wire. */
export interface Request {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Lower case, IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** Path and query, byte for byte as they were typed; begins with `/`. */
  readonly target: string;
  /** Headers besides `Host`, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What a person types. */
export interface TypedRequest {
  /** An address, or with `origin` a path alone. */
  readonly address: string;
  readonly method?: string;
  /** Lines such as `Accept: text/html`. */
  readonly headers?: readonly string[];
  /** `https://ci.example.com`: what a path alone belongs to. */
  readonly origin?: string;
}

const parts = /^(?:(https?):\/\/)?([^/?#\s]+)?([/?][^#]*)?(?:#.*)?$/i;
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// As on the request line: a space would end the address there, and browsers never send anything above ASCII.
const sendable = /^[!-~]*$/;
const longest = 8192;

const fault = (field: string, message: string): Issue => ({
  code: 'explain.request',
  severity: 'error',
  path: [field],
  message,
});

/** Reads a request without changing its path: `URL` would take `/a/../b` for `/b`, and what a proxy makes of such a path is the question. */
export function readRequest(typed: TypedRequest): Result<Request, Issue[]> {
  const faults: Issue[] = [];
  const address = typed.address.trim();
  const whole =
    typed.origin !== undefined && /^[/?]/.test(address) ? typed.origin.replace(/\/$/, '') + address : address;
  const found = address.length > longest ? null : parts.exec(whole);
  const scheme = found?.[1]?.toLowerCase() === 'http' ? 'http' : 'https';
  const server = serverOf(scheme, found?.[2] ?? '');
  if (!found || server === null) {
    faults.push(fault('address', 'is no address such as https://ci.example.com/path'));
  }
  const rest = found?.[3] ?? '/';
  const target = rest.startsWith('?') ? `/${rest}` : rest;
  if (!sendable.test(target)) {
    faults.push(fault('address', 'holds a character that a browser sends encoded (%20 for a space)'));
  }
  const method = (typed.method ?? 'GET').trim().toUpperCase();
  if (!token.test(method)) faults.push(fault('method', 'is no method such as GET or POST'));
  const headers = (typed.headers ?? []).flatMap((line, index): [string, string][] => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (colon > 0 && token.test(name) && /^[\t -~\u0080-\u00ff]*$/.test(value)) return [[name, value]];
    faults.push({ ...fault('headers', 'is no header such as Accept: text/html'), path: ['headers', index] });
    return [];
  });
  if (server === null || faults.length > 0) return err(faults);
  return ok({ method, scheme, ...server, target, headers });
}

function serverOf(scheme: string, authority: string): Pick<Request, 'hostname' | 'port'> | null {
  if (authority === '' || authority.includes('@')) return null;
  const text = `${scheme}://${authority}/`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
  };
}
