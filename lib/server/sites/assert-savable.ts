import 'server-only';
import { errorIssue, type Issue } from '#core/issue';
import { checkSite } from '#core/site/check-site';
import type { Site } from '#core/site/schema';
import type { WriteDb } from '../db';
import { AppError } from '../errors/app-error';
import { hostnameConflicts } from './hostname-conflicts';

interface Wanted {
  readonly document: Site;
  readonly targetIds: readonly string[];
}

/**
 * What stands against saving a site: rules of the document, its name, targets that are not the team's, names that another site
 * of the same web server answers to. All of it at once, each at its field.
 *
 * @param ownId the site that is edited
 * @throws AppError `invalid`
 */
export async function assertSavable(
  tx: WriteDb,
  { document, targetIds }: Wanted,
  ownId: string | null,
): Promise<void> {
  const notOwn = ownId === null ? {} : { id: { not: ownId } };
  const issues: Issue[] = checkSite(document)
    .filter(({ severity }) => severity === 'error')
    .map((found) => ({ ...found, path: ['document', ...found.path] }));
  if (await tx.site.findFirst({ where: { name: document.name, archivedAt: null, ...notOwn } })) {
    const message = `there is a site named ${document.name} already`;
    issues.push(errorIssue('site.name-taken', ['document', 'name'], message, 'Choose another name.'));
  }
  const targets = await tx.target.findMany({
    where: { id: { in: [...targetIds] }, host: { archivedAt: null } },
    select: { id: true },
  });
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
