import { contract } from '#api/contract/index';
import type { Plan } from '#api/contract/plans';
import type { SiteSummary } from '#api/contract/sites';
import { CommandError } from '../exit-code';
import type { Connection } from './connection';
import { findSites } from './find-sites';
import { readSiteFiles } from './read-site-files';

/** Names of sites hold neither. */
export const isPath = (text: string): boolean => text.includes('/') || /\.(?:ya?ml|json)$/.test(text);

export interface FolderSites {
  readonly sites: readonly SiteSummary[];
  /** @throws CommandError where the plan is of another revision than the files: somebody has saved one in between */
  assertPlanned(plan: Plan): void;
}

/**
 * The sites of files, and only those, as the files say. What a colleague has saved and nobody has merged is not planned along.
 *
 * @throws CommandError for a site that the dashboard has otherwise, or not at all
 */
export async function folderSites(connection: Connection, paths: readonly string[]): Promise<FolderSites> {
  const { text } = await readSiteFiles(paths);
  const { call, team } = connection;
  const found = await call(contract.sites.import, { params: { team }, body: { text, dryRun: true } });
  const problems = [...found.issues, ...found.sites.flatMap(({ issues }) => issues)];
  if (problems.length > 0) {
    const lines = problems.map(({ message }) => `  ${message}`);
    throw new CommandError(
      ['The files have errors:', ...lines, 'next: gatehouse import shows where.'].join('\n'),
    );
  }
  const others = found.sites.filter(({ action }) => action !== 'unchanged').map(({ name }) => name);
  if (others.length > 0) {
    throw new CommandError(
      `The dashboard’s newest revision is not what the files say: ${others.join(', ')}.\nnext: gatehouse import ${paths.join(' ')}`,
    );
  }
  const heads = new Map(found.sites.map(({ siteId, head }) => [siteId, head]));
  const sites = await findSites(
    connection,
    found.sites.map(({ name }) => name),
  );
  return {
    sites,
    assertPlanned: ({ targets }) => {
      const moved = targets.flatMap((target) =>
        target.sites.filter(
          ({ selected, siteId, to, from }) =>
            selected && to !== null && to !== from && heads.get(siteId) !== to,
        ),
      );
      if (moved.length === 0) return;
      const names = [...new Set(moved.map(({ name }) => name))].join(', ');
      throw new CommandError(`Somebody saved another revision of ${names} meanwhile.\nnext: run this again`);
    },
  };
}
