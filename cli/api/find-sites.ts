import { contract } from '#api/contract/index';
import type { SiteSummary } from '#api/contract/sites';
import { CommandError } from '../exit-code';
import { allPages } from './all-pages';
import type { Connection } from './connection';

const pageSize = 500;

/** All sites of the team, or of one of its lists. */
export const allSites = (
  { call, team }: Connection,
  filter: { readonly listId?: string } = {},
): Promise<SiteSummary[]> =>
  allPages((cursor) =>
    call(contract.sites.list, {
      params: { team },
      query: { ...filter, limit: pageSize, ...(cursor ? { cursor } : {}) },
    }),
  );

/**
 * The sites that a person named, by name or id.
 *
 * @throws CommandError that says which name is nobody's
 */
export async function findSites(connection: Connection, names: readonly string[]): Promise<SiteSummary[]> {
  const sites = await allSites(connection);
  const found = names.map((name) => sites.find((site) => site.name === name || site.id === name));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) {
    throw new CommandError(
      `There is no site ${missing.join(', ')}.\nnext: gatehouse sites list shows those of the team.`,
    );
  }
  return [...new Set(found.filter((site) => site !== undefined))];
}
