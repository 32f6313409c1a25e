// What is refused before Next sees it: requests that name no one host, hosts that we are not, methods that echo, paths that cannot be read.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import ipaddr from 'ipaddr.js';

const problem = (status, title, detail, hint) => ({ status, title, detail, ...(hint ? { hint } : {}) });

/** The name in a Host header, without its port and in lower case; `null` where it is none. */
function nameOf(host) {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?$/i.exec(host);
  return match ? match[1].toLowerCase().replace(/\.$/, '') : null;
}

/**
 * Names under which the dashboard answers where no public address is set: a page that makes its own name point here must not become one of ours.
 * Addresses are nobody's to point elsewhere.
 *
 * @param {string[]} more further names
 */
export function ownHosts(more) {
  const machine = hostname().toLowerCase();
  const names = new Set([
    'localhost',
    machine,
    machine.split('.')[0],
    `${machine.split('.')[0]}.local`,
    ...more.map((name) => name.toLowerCase()),
  ]);
  return (name) =>
    names.has(name) || name.endsWith('.localhost') || ipaddr.isValid(name.replace(/^\[|\]$/g, ''));
}

/**
 * Why a request is not looked at; `null` for all others.
 *
 * @param {{ method?: string, url?: string, rawHeaders: string[] }} request as node:http gives it
 * @param {((name: string) => boolean) | null} isOwn `null`: a public address is set, which the door compares origins with
 */
export function refuseRequest({ method, url, rawHeaders }, isOwn) {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && /^host$/i.test(rawHeaders[index - 1]));
  if (hosts.length > 1) return problem(400, 'The request cannot be read', 'It names more than one host.');
  if (method === 'TRACE' || method === 'TRACK' || method === 'CONNECT')
    return problem(405, 'Not allowed', `${method} is not answered here.`);
  if (!url?.startsWith('/')) return problem(400, 'The request cannot be read', 'Its path is not a path.');
  try {
    decodeURIComponent(url.split('?')[0]);
  } catch {
    return problem(
      400,
      'The request cannot be read',
      'Its path is not valid: a percent sign must begin an encoded byte of UTF-8.',
    );
  }
  const name = nameOf(hosts[0] ?? '');
  if (isOwn && url !== '/api/health' && (name === null || !isOwn(name)))
    return problem(
      421,
      'Not this host',
      `This dashboard does not answer as ${name ?? 'this host'}.`,
      'Set GATEHOUSE_PUBLIC_URL to the address that people type, or name the host in GATEHOUSE_ALLOWED_HOSTS.',
    );
  return null;
}

/** Answers a refusal as a problem document, and returns the line for the log. */
export function answerRefusal(response, { status, title, detail, hint }, address) {
  const requestId = randomUUID();
  const code = status === 405 ? 'forbidden' : 'bad-request';
  const body = {
    type: `urn:gatehouse:problem:${code}`,
    title,
    status,
    code,
    detail,
    hint,
    requestId,
    issues: [],
  };
  response
    .writeHead(status, {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      connection: 'close',
    })
    .end(JSON.stringify(body));
  return JSON.stringify({
    level: 'warn',
    time: new Date().toISOString(),
    requestId,
    status,
    address,
    msg: `refused: ${detail}`,
  });
}
