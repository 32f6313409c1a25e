import 'server-only';
import type { Issue } from '#core/issue';
import { allHostnames } from '#core/site/all-hostnames';
import { listeningPorts } from '#core/site/listening-ports';
import type { Site } from '#core/site/schema';
import { Prisma } from '../../generated/prisma/client';
import type { WriteDb } from '../platform/database/db';
import { storedDocument } from './stored-document';

/** Ports that a site takes requests on: with TLS also the one that only redirects. */
export const portsOf = (site: Site): number[] => listeningPorts(site).map(({ port }) => port);

/** Each name of a document with the field that holds it, below `document`. */
export const namedFields = (document: Site): { name: string; path: Issue['path'] }[] =>
  allHostnames(document).map(({ name, path }) => ({ name, path: ['document', ...path] }));

/**
 * Names that another site answers to on the same port of one of the same web servers: only one of the two would ever be served,
 * and the server does not say which.
 */
export async function hostnameConflicts(
  tx: WriteDb,
  document: Site,
  targetIds: readonly string[],
  ownId: string | null,
): Promise<Issue[]> {
  if (targetIds.length === 0) return [];
  const fields = namedFields(document);
  // Begins with what is on these web servers; asked of sites, the same question goes through all of the team's.
  const near = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT s."id" FROM "SiteTarget" p JOIN "Site" s ON s."id" = p."siteId"
    WHERE p."targetId" IN (${Prisma.join([...targetIds])}) AND NOT p."removing" AND s."archivedAt" IS NULL AND s."id" IS NOT ${ownId}
      AND (${Prisma.join(
        fields.map(({ name }) => Prisma.sql`instr(s."hostnames", ${` ${name} `})`),
        ' OR ',
      )})
    LIMIT 100`;
  if (near.length === 0) return [];
  const others = await tx.site.findMany({
    where: { id: { in: near.map(({ id }) => id) } },
    include: {
      revisions: { orderBy: { number: 'desc' }, take: 1 },
      targets: {
        where: { targetId: { in: [...targetIds] } },
        include: { target: { include: { host: true } } },
      },
    },
  });
  const ports = portsOf(document);
  return others.flatMap((other) => {
    const theirs = storedDocument(other.revisions[0]?.document);
    const names = new Set(namedFields(theirs).map(({ name }) => name));
    const port = portsOf(theirs).find((each) => ports.includes(each));
    if (port === undefined) return [];
    const host = other.targets[0]?.target.host.name ?? 'the same host';
    return fields
      .filter(({ name }) => names.has(name))
      .map(({ name, path }) => ({
        code: 'site.hostname-taken',
        severity: 'error' as const,
        path,
        message: `the site ${other.name} answers to ${name} on port ${port} of ${host} already`,
        hint: 'Use another name or port, or take one of the two sites off that host.',
      }));
  });
}
