import 'server-only';
import { errorIssue, type Issue } from '#core/issue';
import type { Site } from '#core/site/schema';
import type { ReadDb, WriteDb } from '../platform/database/db';
import { headRevisions } from './head-revisions';
import { namedFields, portsOf } from './hostname-conflicts';
import { splitNames } from './site-columns';

export interface WantedSite {
  readonly document: Site;
  /** The team's own. */
  readonly targetIds: readonly string[];
  /** The site that is edited, `null` for a new one. */
  readonly ownId: string | null;
}

/** Somebody who answers to a name on a target. */
interface Claim {
  readonly site: { readonly name: string; readonly ports: () => readonly number[] };
  readonly targetId: string;
}

/**
 * What other sites have against saving these together, as `assertSavable` says it of one: names, and names that another site of the same web server
 * answers to, among the others of the team and among themselves. The rules of a document are asked where it was read. A fixed number of queries, however
 * many they are.
 *
 * @returns findings of each, with paths from the top of its document
 */
export async function conflictsOf(db: ReadDb | WriteDb, wanted: readonly WantedSite[]): Promise<Issue[][]> {
  const issues = wanted.map((): Issue[] => []);
  const own = new Set(wanted.map(({ ownId }) => ownId));
  const rows = await db.site.findMany({
    where: { archivedAt: null },
    select: {
      id: true,
      name: true,
      head: true,
      hostnames: true,
      targets: { where: { removing: false }, select: { targetId: true } },
    },
  });
  const others = rows.filter(({ id }) => !own.has(id));
  const names = new Set(others.map(({ name }) => name));
  for (const [index, { document }] of wanted.entries()) {
    const { name } = document;
    if (names.has(name))
      issues[index]?.push(
        errorIssue(
          'site.name-taken',
          ['name'],
          `there is a site named ${name} already`,
          'Choose another name.',
        ),
      );
    names.add(name);
  }

  const used = new Set(wanted.flatMap(({ targetIds }) => targetIds));
  if (used.size === 0) return issues;
  const asked = new Set(wanted.flatMap(({ document }) => namedFields(document).map(({ name }) => name)));
  const near = others.filter(
    ({ hostnames, targets }) =>
      targets.some(({ targetId }) => used.has(targetId)) &&
      splitNames(hostnames).some((name) => asked.has(name)),
  );
  const documents = await headRevisions(db, near);
  const hosts = new Map(
    (await db.target.findMany({ select: { id: true, host: { select: { name: true } } } })).map(
      ({ id, host }) => [id, host.name],
    ),
  );
  const claims = new Map<string, Claim[]>();
  const claim = (document: Site, targetIds: readonly string[]) => {
    const site = { name: document.name, ports: () => portsOf(document) };
    for (const targetId of new Set(targetIds))
      for (const name of new Set(namedFields(document).map((field) => field.name))) {
        const key = `${targetId} ${name}`;
        const there = claims.get(key);
        if (there) there.push({ site, targetId });
        else claims.set(key, [{ site, targetId }]);
      }
  };
  for (const { id, targets } of near) {
    const head = documents.get(id);
    if (head)
      claim(
        head.document,
        targets.map(({ targetId }) => targetId),
      );
  }
  for (const [index, { document, targetIds }] of wanted.entries()) {
    const ports = portsOf(document);
    for (const { name, path } of namedFields(document)) {
      const met = new Set<string>();
      for (const targetId of targetIds) {
        for (const { site } of claims.get(`${targetId} ${name}`) ?? []) {
          const port = site.ports().find((each) => ports.includes(each));
          if (port === undefined || met.has(site.name)) continue;
          met.add(site.name);
          const host = hosts.get(targetId) ?? 'the same host';
          const message = `the site ${site.name} answers to ${name} on port ${port} of ${host} already`;
          const hint = 'Use another name or port, or take one of the two sites off that host.';
          issues[index]?.push(errorIssue('site.hostname-taken', path.slice(1), message, hint));
        }
      }
    }
    claim(document, targetIds);
  }
  return issues;
}
