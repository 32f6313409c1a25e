import { isObject } from './json-value';

/** One step of the way to a field: its name, or what tells an element of a list from the others. */
export interface PathPart {
  readonly kind: 'field' | 'element';
  readonly text: string;
}

const names: Readonly<Record<string, string>> = {
  name: 'name',
  preset: 'CI server',
  appVersion: 'version of the CI server',
  hostnames: 'host name',
  httpsPort: 'HTTPS port',
  httpPort: 'HTTP port',
  publicAddress: 'public address',
  prefix: 'path prefix',
  ipv6: 'IPv6',
  http2: 'HTTP/2',
  http3: 'HTTP/3',
  tls: 'TLS',
  tlsProfile: 'TLS profile',
  hsts: 'HSTS',
  redirectStatus: 'status of the redirect',
  acmeDirectory: 'ACME directory',
  upstreams: 'upstream',
  hostHeader: 'Host header',
  bodySizeMib: 'largest request body',
  connectTimeoutSeconds: 'connect timeout',
  readTimeoutSeconds: 'read timeout',
  sendTimeoutSeconds: 'send timeout',
  locations: 'location',
  extraHosts: 'extra host',
  applications: 'further application',
  aliases: 'aliases',
  plainHttp: 'HTTP port beside TLS',
  paths: 'path served there',
  plainHostnames: 'host name on HTTP only',
  redirects: 'redirect',
  keepQuery: 'query kept',
  requestHeaders: 'request header',
  responseHeaders: 'response header',
  ip: 'addresses',
  allow: 'allowed addresses',
  deny: 'denied',
  auth: 'sign-in',
  satisfy: 'how rules combine',
  userHeader: 'header with the user',
  presetBypass: 'paths with their own sign-in',
  trustedProxies: 'trusted proxy',
  proxyProtocol: 'PROXY protocol',
  rawUri: 'request path as it is',
  access: 'access',
  logs: 'logs',
  servers: 'server',
  unstrippedPaths: 'path from the root',
};

/** Groups that only hold other fields; naming them says nothing. */
const silent = new Set(['limits', 'ip']);

const humanise = (field: string) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `Upstream main, server 10.0.0.1:8080, weight` */
export function fieldWords(path: readonly PathPart[]): string {
  const words: string[] = [];
  for (const [index, { kind, text }] of path.entries()) {
    const before = words.at(-1);
    if (kind === 'element' && before !== undefined) words[words.length - 1] = `${before} ${text}`;
    else if (kind === 'element') words.push(text);
    else if (!silent.has(text) || index === path.length - 1) words.push(names[text] ?? humanise(text));
  }
  const line = words.join(', ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** `upstreams[main].servers[10.0.0.1:8080].weight` */
export const pathText = (path: readonly PathPart[]): string =>
  path.reduce(
    (line, { kind, text }) => (kind === 'element' ? `${line}[${text}]` : line ? `${line}.${text}` : text),
    '',
  );

const longest = 300;
const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** A value as people read it: `60 s`, `16 MiB`, `on`. `null` for nothing. */
export function valueWords(field: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') {
    if (field === 'bodySizeMib') return value === 0 ? 'no limit' : `${value} MiB`;
    return field.endsWith('Seconds') ? `${value} s` : String(value);
  }
  if (typeof value === 'string') return value === '' ? '(empty)' : cut(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : cut(value.map((part) => valueWords(field, part)).join(', '));
  }
  if (!isObject(value)) return String(value);
  const parts = Object.entries(value).flatMap(([key, part]) => {
    const words = isEmpty(part) ? null : valueWords(key, part);
    return words === null ? [] : [`${humanise(key)} ${words}`];
  });
  return parts.length === 0 ? 'nothing set' : cut(parts.join(', '));
}

const isEmpty = (value: unknown): boolean =>
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.values(value).every(isEmpty));
