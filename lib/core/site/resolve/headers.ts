import type { Preset } from '../../presets/preset';
import type { LineOrigin } from '../origin';
import { portSuffix, publicAddress, publicPrefix, publicUrl } from '../public-url';
import type { ResolvedHeader, Template, TemplatePart } from '../resolved';
import type { HeaderRule, Prefix, Site } from '../schema';
import { parseTemplate } from '../template';

const text = (value: string): TemplatePart => ({ kind: 'text', text: value });
const clientIp: Template = [{ kind: 'variable', name: 'client-ip' }];

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
  return suffix === ''
    ? [{ kind: 'variable', name: 'host' }]
    : [{ kind: 'variable', name: 'host' }, text(suffix)];
}

/** What every request carries to the upstream, before the rules of the document. */
export function forwardedHeaders(site: Site, preset: Preset, prefix: Prefix): readonly ResolvedHeader[] {
  const { scheme, port } = publicAddress(site);
  const portOrigin: LineOrigin = site.publicAddress
    ? { path: ['publicAddress'], why: 'your public address' }
    : { path: [site.tls.mode === 'none' ? 'httpPort' : 'httpsPort'], why: 'public port' };
  const set = (name: string, value: Template, origin: LineOrigin): ResolvedHeader => ({
    op: 'set',
    name,
    value,
    origin,
  });
  const client = { path: null, why: 'address of the client; a list sent by the client is dropped' };
  return merge([
    [
      set('X-Real-IP', clientIp, client),
      set('X-Forwarded-For', clientIp, client),
      set('X-Forwarded-Proto', [text(scheme)], {
        path: site.publicAddress ? ['publicAddress', 'scheme'] : ['tls'],
        why: 'public scheme',
      }),
      set('X-Forwarded-Host', publicHost(site), {
        path: ['hostnames'],
        why: 'name the client asked for, with the public port',
      }),
      set('X-Forwarded-Port', [text(String(port))], portOrigin),
    ],
    guards,
    prefix.mode === 'strip' && prefix.path !== '/'
      ? [
          set('X-Forwarded-Prefix', [text(prefix.path.slice(0, -1))], {
            path: ['prefix', 'path'],
            why: 'prefix that was stripped',
          }),
        ]
      : [],
    preset.guardedHeaders.flatMap(({ name, why }) => withTwin(name, { path: null, why })),
    preset.requestHeaders.map(({ rule, why }) => applyRule(rule, site, { path: null, why }, true)),
  ]);
}

/** Removal of a header and of its other spelling: CGI-like applications map `-` and `_` to the same name. */
export function withTwin(name: string, origin: LineOrigin): readonly ResolvedHeader[] {
  const other = name.includes('_') ? name.replaceAll('_', '-') : name.replaceAll('-', '_');
  const removals: ResolvedHeader[] = [{ op: 'remove', name, origin }];
  if (other !== name)
    removals.push({
      op: 'remove',
      name: other,
      origin: { path: origin.path, why: `${origin.why} (other spelling)` },
    });
  return removals;
}

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
