import type { Change } from '#core/change/change';
import type { Host } from '#lab/index';

/** Everything on a host that an apply could ever touch, by path. Equal values mean: not even replaced by an equal file. */
export type Tree = ReadonlyMap<string, string>;

const hashed = ['/etc', '/var/www', '/opt'];
const listed = `find /usr/local /usr/sbin /usr/bin /root /home /boot -printf '%p %y %m %u:%g %s %T@ %i %l\\n'; find /run /tmp /var/tmp /dev/shm -maxdepth 1 -name 'gatehouse.??????' -printf '%p left over\\n'`;

/** A helper that has given its answer still removes its own directory. What stays longer than that was left behind, and shows. */
const untilHelpersLeft = `for _ in $(seq 300); do ls -d /run/gatehouse.?????? >/dev/null 2>&1 || exit 0; sleep 0.1; done`;

export async function readTree(host: Host): Promise<Tree> {
  await host.exec(untilHelpersLeft);
  const [files, others] = await Promise.all([host.treeHash(hashed, { times: true }), host.exec(listed)]);
  const tree = new Map<string, string>();
  for (const line of `${files}\n${others.stdout}`.split('\n')) {
    const space = line.indexOf(' ');
    const facts = line.slice(space + 1);
    // Making and removing a file in a directory moves its time.
    const isDirectory = facts.startsWith('d ');
    if (space > 0)
      tree.set(line.slice(0, space), isDirectory ? facts.split(' ').slice(0, 3).join(' ') : facts);
  }
  return tree;
}

/** Paths that are not the same in both. */
export function moved(before: Tree, after: Tree): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** What is wrong about a tree in which the changes, and nothing else, should have been made. */
export function unlikePlan(
  before: Tree,
  after: Tree,
  changes: readonly Change[],
  certificates: readonly string[],
): string[] {
  const planned = new Map(
    changes.filter(({ action }) => action !== 'noop').map((change) => [change.path, change]),
  );
  const others = moved(before, after).filter((path) => !planned.has(path) && !certificates.includes(path));
  const made = others.filter(
    (path) =>
      !(
        after.get(path)?.startsWith('d ') &&
        [...planned.keys(), ...certificates].some((each) => each.startsWith(`${path}/`))
      ),
  );
  const wrong = [...planned.values()].filter((change) => !isAsPlanned(change, after.get(change.path)));
  return [...made.map((path) => `${path} changed`), ...wrong.map(({ path }) => `${path} is not as planned`)];
}

function isAsPlanned({ after }: Change, found: string | undefined): boolean {
  switch (after.kind) {
    case 'absent':
      return found === undefined;
    case 'link':
      return found?.endsWith(` -> ${after.target}`) ?? false;
    case 'file':
      return (
        (found?.startsWith(`f ${after.mode.toString(8)} `) && found.endsWith(` ${after.sha256}`)) ?? false
      );
  }
}
