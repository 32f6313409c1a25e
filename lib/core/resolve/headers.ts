import type { Issue } from '../issue';
import type { Preset } from '../presets/preset';
import { remember } from '../remember';
import type { LineOrigin } from '../site/origin';
import { portSuffix, publicAddress, publicPrefix, publicUrl } from '../site/public-url';
import type { HeaderRule, Prefix, Site } from '../site/schema';
import { parseTemplate } from '../site/template';
import type { ResolvedHeader, Template, TemplatePart } from './resolved';

const text = (value: string): TemplatePart => ({ kind: 'text', text: value });
const clientIp: Template = [{ kind: 'variable', name: 'client-ip' }];
const askedHost: Template = [{ kind: 'variable', name: 'host' }];

const guard = (name: string, why: string): ResolvedHeader => ({
  op: 'remove',
  name,
  origin: { path: null, why },
});

/** Headers that applications believe and that only a proxy may set. */
const guards: readonly ResolvedHeader[] = [
  guard('Forwarded', 'guard: clients must not forge the older and newer forms of X-Forwarded-*'),
  guard('X-Forwarded-Ssl', 'guard: clients must not claim https'),
  guard('X-Forwarded-Prefix', 'guard: clients must not move the application'),
  guard('X-Original-URL', 'guard: some frameworks take the path from here'),
  guard('X-Rewrite-URL', 'guard: some frameworks take the path from here'),
  guard('Proxy', 'guard: CGI programs take it for HTTP_PROXY (httpoxy)'),
];

/** The name the client asked for with the public port: `Host` and `X-Forwarded-Host`. */
export function publicHost(site: Site): Template {
  const suffix = portSuffix(publicAddress(site));
  return suffix === '' ? askedHost : [...askedHost, text(suffix)];
}

// Made once: thousands of sites share them.
const origins = {
  client: { path: null, why: 'address of the client; a list sent by the client is dropped' },
  host: { path: ['hostnames'], why: 'name the client asked for, with the public port' },
  scheme: { path: ['tls'], why: 'public scheme' },
  httpPort: { path: ['httpPort'], why: 'public port' },
  httpsPort: { path: ['httpsPort'], why: 'public port' },
  publicScheme: { path: ['publicAddress', 'scheme'], why: 'public scheme' },
  publicPort: { path: ['publicAddress', 'port'], why: 'public port' },
} as const satisfies Record<string, LineOrigin>;

const clientHeaders = [
  set('X-Real-IP', clientIp, origins.client),
  set('X-Forwarded-For', clientIp, origins.client),
];

function set(name: string, value: Template, origin: LineOrigin): ResolvedHeader {
  return { op: 'set', name, value, origin };
}

/** What every request carries to the upstream, before the rules of the document: lists to be merged in this order. */
export function forwardedHeaders(
  site: Site,
  preset: Preset,
  place: { readonly prefix: Prefix; readonly prefixPath: Issue['path'] },
): readonly (readonly ResolvedHeader[])[] {
  const { scheme, port } = publicAddress(site);
  const { publicAddress: front, tls } = site;
  const listening = tls.mode === 'none' ? origins.httpPort : origins.httpsPort;
  return [
    clientHeaders,
    [
      set('X-Forwarded-Proto', [text(scheme)], front ? origins.publicScheme : origins.scheme),
      set('X-Forwarded-Host', publicHost(site), origins.host),
      set('X-Forwarded-Port', [text(String(port))], front ? origins.publicPort : listening),
    ],
    guards,
    prefixHeader(place.prefix, place.prefixPath),
    presetGuards(preset),
    preset.requestHeaders
      .filter(({ onlyHttps }) => !onlyHttps || scheme === 'https')
      .map(({ rule, why }) => applyRule(rule, site, { path: null, why }, true)),
  ];
}

function prefixHeader(prefix: Prefix, path: Issue['path']): readonly ResolvedHeader[] {
  if (prefix.mode !== 'strip' || prefix.path === '/') return [];
  const origin = { path: [...path, 'path'], why: 'prefix that was stripped' };
  return [set('X-Forwarded-Prefix', [text(prefix.path.slice(0, -1))], origin)];
}

const presetGuards = remember(({ guardedHeaders, userHeader }: Preset): readonly ResolvedHeader[] => {
  // The header in which the application takes a user's name is believed, whether or not this site sends it.
  const believed = guardedHeaders.some(({ name }) => name === userHeader?.name) ? [] : (userHeader ?? []);
  return [...guardedHeaders, ...[believed].flat()].map(({ name, why }) => removal(name, { path: null, why }));
});

/** Removal of a header that a client must not send. */
export const removal = (name: string, origin: LineOrigin): ResolvedHeader => ({ op: 'remove', name, origin });

// 2^n spellings: of a name with more parts than this only the two that CGI-like programs know are removed.
const mostSeparators = 5;

/**
 * CGI-like applications map `-` and `_` to the same name, so whatever the proxy sets or removes a client could bring along as `X-Remote_User` or
 * `X_Forwarded_For`. Every other spelling of every name in a list is removed, unless the list sets that one itself.
 */
export function withOtherSpellings(headers: readonly ResolvedHeader[]): readonly ResolvedHeader[] {
  const named = new Set(headers.map(({ name }) => name.toLowerCase()));
  const all = [...headers];
  for (const header of headers) {
    for (const other of otherSpellings(header)) {
      const name = other.name.toLowerCase();
      if (named.has(name)) continue;
      named.add(name);
      all.push(other);
    }
  }
  return all;
}

const otherSpellings = remember(({ name, origin }: ResolvedHeader): readonly ResolvedHeader[] => {
  const parts = name.split(/[-_]/);
  const separators = parts.length - 1;
  const count = 2 ** separators;
  const codes =
    separators > mostSeparators ? [0, count - 1] : Array.from({ length: count }, (_, code) => code);
  const why = { path: origin.path, why: `other spelling of ${name}` };
  return codes
    .map((code) => parts.reduce((text, part, index) => text + ((code >> (index - 1)) & 1 ? '_' : '-') + part))
    .filter((other) => other !== name)
    .map((other) => removal(other, why));
});

/** Header rules of the document as resolved headers. `signedIn` tells whether `{user}` is a checked name here. */
export function documentHeaders(
  rules: readonly HeaderRule[],
  path: readonly (string | number)[],
  site: Site,
  signedIn: boolean,
): readonly ResolvedHeader[] {
  return rules.map((rule, index) =>
    applyRule(rule, site, { path: [...path, index], why: 'your header rule' }, signedIn),
  );
}

/** One rule. Without a checked sign-in `{user}` is nobody, and a header that would be empty is removed. */
export function applyRule(
  rule: HeaderRule,
  site: Site,
  origin: LineOrigin,
  signedIn: boolean,
): ResolvedHeader {
  if (rule.op === 'remove') return { op: 'remove', name: rule.name, origin };
  const value = fillTemplate(rule.value, site, signedIn);
  return value.length === 0
    ? { op: 'remove', name: rule.name, origin }
    : { op: 'set', name: rule.name, value, origin };
}

function fillTemplate(template: string, site: Site, signedIn: boolean): Template {
  const parts: TemplatePart[] = [];
  for (const part of parseTemplate(template) ?? []) {
    const next = part.kind === 'text' ? part : fill(part.name, site, signedIn);
    const last = parts.at(-1);
    if (next === null) continue;
    if (next.kind === 'text' && last?.kind === 'text') parts[parts.length - 1] = text(last.text + next.text);
    else parts.push(next);
  }
  return parts;
}

function fill(name: string, site: Site, signedIn: boolean): TemplatePart | null {
  switch (name) {
    case 'public_url':
      return text(publicUrl(site));
    case 'prefix':
      return text(publicPrefix(site.prefix));
    case 'scheme':
      return text(publicAddress(site).scheme);
    case 'port':
      return text(String(publicAddress(site).port));
    case 'client_ip':
      return { kind: 'variable', name: 'client-ip' };
    case 'host':
      return { kind: 'variable', name: 'host' };
    default:
      return signedIn ? { kind: 'variable', name: 'user' } : null;
  }
}

/** One list of several, a later entry for the same name (in any case) taking the earlier one's place. */
export function merge(layers: readonly (readonly ResolvedHeader[])[]): readonly ResolvedHeader[] {
  const byName = new Map<string, ResolvedHeader>();
  for (const layer of layers) for (const header of layer) byName.set(header.name.toLowerCase(), header);
  return [...byName.values()];
}
