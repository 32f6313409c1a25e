import { allHostnames } from './all-hostnames';
import { isObject } from './json-value';
import type { HeaderRule, Site, Tls, Upstream } from './schema';
import { holdsSecret } from './secret-header';

/**
 * Placeholders in a template for what each site has of its own. Valid in a site document, so that a template is one, too; names below
 * `.invalid` can never be real (RFC 2606).
 */
const word = 'fill-in';
const hostname = `${word}.invalid`;
const directory = `/${word}/`;

const isBlank = (text: string) =>
  text === word || text === hostname || text.endsWith(`.${hostname}`) || text.startsWith(directory);

/**
 * A template made of a site: its settings without what says which site it is. Left out are name, description, all host names, where the
 * upstreams listen, certificates that are named after the site, and secrets in headers. The upstream that is asked who signed in stays: it is
 * part of the access rule. Several servers of an upstream become one. A template of a template is the same.
 */
export function templateOf(site: Site): Site {
  const ownName = namedAfter(site);
  const { auth } = site.access;
  const tls = (value: Tls): Tls =>
    value.mode === 'files' && (ownName(value.certificate) || ownName(value.key))
      ? { mode: 'files', certificate: `${directory}certificate`, key: `${directory}key` }
      : value;
  return withoutSecrets({
    ...site,
    name: word,
    description: '',
    hostnames: [hostname],
    aliases: { hostnames: [], plainHostnames: [] },
    tls: tls(site.tls),
    upstreams: site.upstreams.map((upstream, index) => {
      const asked = index > 0 && auth.mode === 'forward' && auth.upstream === upstream.name;
      return asked ? upstream : withoutAddress(upstream);
    }),
    extraHosts: site.extraHosts.map((extra) => ({
      ...extra,
      hostnames: [`${extra.purpose}.${hostname}`],
      ...(extra.tls && { tls: tls(extra.tls) }),
    })),
  });
}

/** A document to begin a form with, empty wherever the template stands for what a site has of its own. Not valid before that is filled in. */
export function siteFromTemplate(template: Site): Site {
  return mapStrings(template, (text) => (isBlank(text) ? '' : text)) as Site;
}

/** Whether a path bears the name of the site: one of its host names, the first part of the canonical one, or its own name, as a whole word. */
function namedAfter(site: Site): (path: string) => boolean {
  const names = [
    site.name,
    site.hostnames[0]?.split('.')[0] ?? '',
    ...allHostnames(site).map(({ name }) => name),
  ]
    .map((name) => name.replace(/^\*\./, ''))
    .filter(Boolean);
  const bounded = new RegExp(
    `(?:^|[^a-z0-9])(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})(?:[^a-z0-9]|$)`,
    'i',
  );
  return (path) => bounded.test(path);
}

function withoutAddress({ serverName: _, ...upstream }: Upstream): Upstream {
  const [first] = upstream.servers;
  const one = { weight: 1, backup: false };
  const server =
    first && 'socket' in first
      ? { socket: `${directory}socket`, ...one }
      : { address: hostname, port: first?.port ?? 80, ...one };
  return { ...upstream, servers: [server] };
}

const withoutSecrets = (site: Site): Site =>
  mapObjects(site, (value) =>
    value.op === 'set' && holdsSecret(value as HeaderRule) ? { ...value, value: word } : value,
  ) as Site;

function mapObjects(value: unknown, map: (value: object & { op?: unknown }) => object): unknown {
  if (Array.isArray(value)) return value.map((part) => mapObjects(part, map));
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, mapObjects(part, map)]);
  return map(Object.fromEntries(parts));
}

function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((part) => mapStrings(part, map));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapStrings(part, map)]));
}
