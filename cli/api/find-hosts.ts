import type { HostChoice } from '#api/contract/host-lists';
import { contract } from '#api/contract/index';
import { CommandError } from '../exit-code';
import type { Connection } from './connection';

/**
 * The hosts that a person named, by name or id.
 *
 * @throws CommandError that says which name is nobody's
 */
export async function findHosts({ call, team }: Connection, names: readonly string[]): Promise<HostChoice[]> {
  const { items } = await call(contract.hosts.choices, { params: { team } });
  const found = names.map((name) => items.find((host) => host.name === name || host.id === name));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) {
    throw new CommandError(
      `There is no host ${missing.join(', ')}.\nnext: gatehouse hosts list shows those of the team.`,
    );
  }
  return found.filter((host) => host !== undefined);
}
