import { contract } from '#api/contract/index';
import type { List } from '#api/contract/lists';
import { CommandError } from '../exit-code';
import type { Connection } from './connection';

/**
 * The list that a person named, by name or id.
 *
 * @throws CommandError where there is none
 */
export async function findList({ call, team }: Connection, name: string): Promise<List> {
  const { items } = await call(contract.lists.list, { params: { team } });
  const found = items.find((list) => list.name === name || list.id === name);
  if (found) return found;
  throw new CommandError(`There is no list ${name}.\nnext: gatehouse lists list shows those of the team.`);
}
