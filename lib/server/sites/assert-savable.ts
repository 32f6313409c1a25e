import 'server-only';
import { errorIssue, type Issue } from '#core/issue';
import { checkSite } from '#core/rules/check-site';
import type { Site } from '#core/site/schema';
import { Prisma } from '../../generated/prisma/client';
import { readRows, type WriteDb } from '../platform/database/db';
import { AppError } from '../platform/errors/app-error';
import { nextTurn } from '../platform/next-turn';
import { hostnameConflicts } from './hostname-conflicts';

const { sql } = Prisma;

interface Wanted {
  readonly document: Site;
  readonly targetIds: readonly string[];
}

/** Those of them that are the team's, on hosts that are not gone. */
async function runningTargets(teamId: string, ids: readonly string[]): Promise<{ id: string }[]> {
  if (ids.length === 0) return [];
  return readRows(
    teamId,
    sql`SELECT t."id" FROM "Target" t JOIN "Host" h ON h."id" = t."hostId" WHERE t."id" IN (${Prisma.join([...ids])}) AND h."archivedAt" IS NULL`,
  );
}

/**
 * What prevents saving a site: rules of the document, its name, targets that are not the team's, names that another site
 * of the same web server answers to. All of it at once, each at its field.
 *
 * @param ownId the site that is edited
 * @throws AppError `invalid`
 */
export async function assertSavable(
  tx: WriteDb,
  teamId: string,
  { document, targetIds }: Wanted,
  ownId: string | null,
): Promise<void> {
  const issues: Issue[] = checkSite(document)
    .filter(({ severity }) => severity === 'error')
    .map((found) => ({ ...found, path: ['document', ...found.path] }));
  await nextTurn();
  const [namesake] = await readRows(
    teamId,
    sql`SELECT s."id" FROM "Site" s WHERE s."name" = ${document.name} AND s."archivedAt" IS NULL AND s."id" IS NOT ${ownId} LIMIT 1`,
  );
  if (namesake) {
    const message = `there is a site named ${document.name} already`;
    issues.push(errorIssue('site.name-taken', ['document', 'name'], message, 'Choose another name.'));
  }
  const targets = await runningTargets(teamId, targetIds);
  const known = new Set(targets.map(({ id }) => id));
  targetIds.forEach((id, index) => {
    if (known.has(id)) return;
    issues.push(
      errorIssue(
        'site.no-target',
        ['targetIds', index],
        'there is no such web server',
        'Choose one of the team’s hosts.',
      ),
    );
  });
  issues.push(...(await hostnameConflicts(tx, document, [...known], ownId)));
  if (issues.length > 0) throw new AppError('invalid', 'The site cannot be saved like this.', { issues });
}
