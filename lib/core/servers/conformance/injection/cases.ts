import fc from 'fast-check';
import type { Issue } from '../../../issue';
import { parseSite } from '../../../rules/parse-site';
import type { Site, SiteInput } from '../../../site/schema';
import { fullSites } from '../../../site/testing/full-site';
import { replaced } from '../../../site/testing/hostile-text';
import { stringFields, valueAt, withValue } from '../../../site/testing/string-fields';
import type { ServerKind } from '../../../web-server/render-target';
import { withLocalFiles } from '../local-files';

/** One hostile text in one field of one document. */
export interface Case {
  readonly document: SiteInput;
  readonly path: Issue['path'];
  readonly text: string;
  /** Names the site of this case among others on one machine. */
  readonly number: number;
}

/** Documents that use every field that holds text, in every shape in which it reaches a configuration, without what the server cannot do. */
export function documents(files: string, server: ServerKind): readonly SiteInput[] {
  const [everything, second] = fullSites;
  if (!everything || !second) throw new Error('no documents');
  const plain = { trustedProxies: [], proxyProtocol: false };
  const variants: readonly SiteInput[] = [
    everything,
    { ...second, ...plain, httpPort: 8081 },
    {
      ...everything,
      name: 'kept',
      preset: 'jenkins',
      prefix: { mode: 'keep', path: '/jenkins/' },
      rawUri: false,
      cookies: {},
      logs: { access: 'json', directory: '/var/log/gatehouse' },
      access: { ...everything.access, userHeader: { name: 'X-Who', value: 'is {user} of {host}' } },
    },
    {
      ...everything,
      name: 'fixed',
      preset: 'gocd',
      prefix: { mode: 'fixed', path: '/go/' },
      hostHeader: 'upstream',
      logs: { access: 'combined', directory: '/var/log/gatehouse' },
    },
  ];
  return variants.map((document) => withLocalFiles(possible[server](document), files) as SiteInput);
}

/** What each server says it cannot do is taken out; issues have tests of their own. */
const possible: Readonly<Record<ServerKind, (document: SiteInput) => SiteInput>> = {
  nginx: (document) => document,
  apache: ({ access, ...document }) => {
    const own = document.hostHeader === 'upstream';
    return {
      ...document,
      ...(access && access.auth?.mode !== 'forward' && { access }),
      // It verifies an https upstream under the name that it sends as Host.
      upstreams: document.upstreams.map(({ serverName: _name, ...upstream }) =>
        upstream.verify === undefined
          ? upstream
          : {
              ...upstream,
              ...(own ? { servers: upstream.servers.slice(0, 1) } : { verify: { mode: 'skip' } }),
            },
      ),
    };
  },
  caddy: (document) => ({
    ...document,
    upstreams: document.upstreams.map((upstream) => ({
      ...upstream,
      servers: upstream.servers.map((server) => ({ ...server, backup: false, weight: 1 })),
    })),
    ...(document.access?.ip && { trustedProxies: [] }),
  }),
};

const hostPaths = ['certificate', 'key', 'caFile', 'usersFile', 'directory', 'acmeDirectory'];

/** Whether a field names a file that the server looks for. */
export const namesFile = (path: Issue['path']): boolean => hostPaths.includes(String(path.at(-1)));

/** Different cases, as many as asked for, always the same ones for the same seed. */
export function injectionCases(
  server: ServerKind,
  count: number,
  files: string,
  seed: number,
): readonly Case[] {
  const fields = documents(files, server).flatMap((document) =>
    stringFields(document).map((path) => ({ document, path })),
  );
  const hostile = fc.constantFrom(...fields).chain(({ document, path }) =>
    replaced(namesFile(path) ? 'file' : String(valueAt(document, path))).map((text) => ({
      document,
      path,
      text,
    })),
  );
  const known = new Set<string>();
  const cases: Case[] = [];
  for (let round = 0; cases.length < count; round++) {
    for (const { document, path, text } of fc.sample(hostile, { numRuns: count, seed: seed + round })) {
      const key = JSON.stringify([document.name, path, text]);
      if (known.has(key) || text === valueAt(document, path)) continue;
      known.add(key);
      const number = cases.length;
      // Files are looked for by the server, so hostile ones have to stay where the test can make them.
      cases.push({ document, path, text: namesFile(path) ? `${files}/odd/${number}/${text}` : text, number });
      if (cases.length === count) break;
    }
  }
  return cases;
}

/** The document of a case with some text in its field; its site and names are its own, unless the field is one of them. */
export function siteOf(one: Case, text: string): ReturnType<typeof parseSite> {
  const id = String(one.number).padStart(6, '0');
  const own: SiteInput = {
    ...one.document,
    name: `site-${id}`,
    hostnames: [`s${id}.example.com`, `*.w${id}.example.com`].slice(0, one.document.hostnames.length),
    ...(one.document.aliases && {
      aliases: {
        hostnames: one.document.aliases.hostnames?.map((_, at) => `a${at}-${id}.example.com`) ?? [],
        plainHostnames: one.document.aliases.plainHostnames?.map((_, at) => `p${at}-${id}`) ?? [],
      },
    }),
    ...(one.document.extraHosts && {
      extraHosts: one.document.extraHosts.map((host, index) => ({
        ...host,
        hostnames: host.hostnames.map((_, at) => `x${index}-${at}-${id}.example.com`),
      })),
    }),
  };
  return parseSite(withValue(own, one.path, text));
}

/** A text of the same length that means nothing anywhere, but for the star of a wildcard name. */
export const harmlessLike = (text: string): string => text.replaceAll(/(?!^\*\.)[^A-Za-z0-9_./:-]/gu, 'x');

/** A finding names the field itself, the object around it, or (for names) the place that uses it. */
export function refersTo(issue: Issue['path'], field: Issue['path']): boolean {
  if (field.at(-1) === 'name' && field[0] === 'upstreams') return true;
  const shorter = Math.min(issue.length, field.length);
  return shorter > 0 && issue.slice(0, shorter).every((part, index) => part === field[index]);
}

/** A document that is known to be valid. */
export function accepted(parsed: ReturnType<typeof parseSite>): Site | null {
  return parsed.ok ? parsed.value : null;
}
