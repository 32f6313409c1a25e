import type { ServedBlock, ServerInventory } from './server-inventory';
import { type Ask, type Winner, winnerOf } from './winner-of';

/** Another block that answers for a name of ours. */
export interface Rival {
  readonly site: string;
  readonly name: string;
  readonly port: number;
  /** Where it does so; `null`: on every address that no block names. */
  readonly address: string | null;
  readonly block: ServedBlock;
  /** `address`: it has the address to itself, without knowing the name. */
  readonly by: 'name' | 'default' | 'address';
}

/** A request that goes to somebody else than before. */
export interface ChangedHands {
  /** `null`: a name that nobody has, or an address. */
  readonly name: string | null;
  readonly port: number;
  readonly address: string | null;
  readonly from: string;
  readonly to: string;
  /** A block of one of the sites that the plan brings takes it. */
  readonly toChosen: boolean;
}

export interface Serving {
  readonly rivals: readonly Rival[];
  readonly changedHands: readonly ChangedHands[];
  /** Sites with no block in what the server would read. */
  readonly unread: readonly string[];
}

interface Given {
  readonly before: ServerInventory;
  /** With the candidate's blocks where they will be. */
  readonly after: ServerInventory;
  /** The site that a file belongs to, by its real path. */
  readonly siteOf: ReadonlyMap<string, string>;
  /** Sites whose names must be served by their own blocks. */
  readonly sites: readonly string[];
}

/** Who answers before and after, for our names and for everybody else's. */
export function compareServing({ before, after, siteOf, sites }: Given): Serving {
  const wanted = new Set(sites);
  const ours = after.blocks.filter(({ real }) => wanted.has(siteOf.get(real) ?? ''));
  const found = new Set(ours.map(({ real }) => siteOf.get(real)));
  return {
    rivals: unique(
      ours.flatMap((block) => rivalsOf(block, siteOf.get(block.real) ?? '', after, siteOf)),
      (each) => [each.name, each.port, each.address, each.block.file, each.block.line].join(' '),
    ),
    changedHands: unique([...neighbours(before, after), ...defaults(before, after)], (each) =>
      [each.name, each.port, each.address].join(' '),
    ).map(({ winner, ...each }) => ({
      ...each,
      toChosen: winner.kind === 'block' && wanted.has(siteOf.get(winner.block.real) ?? ''),
    })),
    unread: sites.filter((site) => !found.has(site)),
  };
}

function unique<T>(list: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(list.map((item) => [key(item), item])).values()];
}

function rivalsOf(
  own: ServedBlock,
  site: string,
  after: ServerInventory,
  siteOf: ReadonlyMap<string, string>,
): Rival[] {
  return own.listens.flatMap(({ address: listened, port }) =>
    asksOf(listened, port, after).flatMap(({ address, family }) =>
      own.names.flatMap((written): Rival[] => {
        const name = sampleOf(written);
        if (name === null) return [];
        const winner = winnerOf(after, { address, family, port, name, path: own.path || '/' });
        if (winner.kind !== 'block' || siteOf.get(winner.block.real) === site) return [];
        const alone = winner.by === 'default' && address !== null;
        return [
          { site, name: written, port, address, block: winner.block, by: alone ? 'address' : winner.by },
        ];
      }),
    ),
  );
}

/** The addresses at which a listen takes requests that may be decided differently. */
function asksOf(
  listened: string,
  port: number,
  { server, blocks }: ServerInventory,
): Pick<Ask, 'address' | 'family'>[] {
  const familyOf = (address: string) => (address.startsWith('[') ? 6 : 4);
  if (listened !== '*' && listened !== '[::]') return [{ address: listened, family: familyOf(listened) }];
  const family = listened === '[::]' ? 6 : 4;
  const named = new Set(
    blocks.flatMap(({ listens }) =>
      listens
        .filter(
          (each) =>
            (each.port === port || each.port === 0) && each.address !== '*' && each.address !== '[::]',
        )
        .map(({ address }) => address),
    ),
  );
  const reached = [...named].filter((address) => server !== 'nginx' || familyOf(address) === family);
  return [
    { address: null, family },
    ...reached.map((address) => ({ address, family: familyOf(address) as 4 | 6 })),
  ];
}

/** A name that a written one stands for; `null` for a regular expression. */
function sampleOf(written: string): string | null {
  if (written.startsWith('~')) return null;
  return written
    .replace(/^\*\./, 'gatehouse-sample.')
    .replace(/\.\*$/, '.gatehouse-sample')
    .replace(/[*?]/g, 'x');
}

/** What a winner is, in words that stay the same when its file is only moved about. */
function nameOf(winner: Winner): string {
  if (winner.kind !== 'block')
    return { main: 'the main server', none: 'nobody', unclear: 'unclear' }[winner.kind];
  return placeOf(winner.block);
}
const placeOf = ({ file, line }: ServedBlock): string => `${file}:${line}`;

/** Equal text at the same place in the order, whatever was added above it in the same file. */
const same = (a: Winner, b: Winner): boolean => {
  if (a.kind !== 'block' || b.kind !== 'block') return a.kind === b.kind;
  const [x, y] = [a.block, b.block];
  return (
    x.real === y.real &&
    x.names.join(' ') === y.names.join(' ') &&
    (x.managed || x.endLine - x.line === y.endLine - y.line)
  );
};

type Changed = Omit<ChangedHands, 'toChosen'> & { readonly winner: Winner };

function compare(before: ServerInventory, after: ServerInventory, ask: Ask): Changed[] {
  const [was, is] = [winnerOf(before, ask), winnerOf(after, ask)];
  const { name, port, address } = ask;
  // What our own block gives up is part of what the plan shows.
  if (was.kind === 'block' && was.block.managed) return [];
  return same(was, is) ? [] : [{ name, port, address, from: nameOf(was), to: nameOf(is), winner: is }];
}

/** Every name of blocks that are not ours, where it is answered by the block that has it. */
function neighbours(before: ServerInventory, after: ServerInventory): Changed[] {
  return before.blocks
    .filter(({ managed }) => !managed)
    .flatMap((block) =>
      block.listens.flatMap(({ address: listened, port }) => {
        const address = listened === '*' || listened === '[::]' ? null : listened;
        const family = listened.startsWith('[') ? 6 : 4;
        if (port === 0) return [];
        return block.names.flatMap((written) => {
          const name = sampleOf(written);
          if (name === null || name === '' || name === '_') return [];
          const ask: Ask = { address, family, port, name };
          const winner = winnerOf(before, ask);
          return winner.kind === 'block' && winner.block === block
            ? compare(before, after, ask).map((each) => ({ ...each, name: written }))
            : [];
        });
      }),
    );
}

/** Who answers for a name that nobody has, wherever somebody listens already. */
function defaults(before: ServerInventory, after: ServerInventory): Changed[] {
  const places = [
    ...before.blocks.flatMap(({ listens }) => listens.map(({ address, port }) => ({ address, port }))),
    ...before.sockets.map(({ address, port }) => ({ address, port })),
  ].filter(({ port }) => port !== 0);
  return unique(places, ({ address, port }) => `${address} ${port}`).flatMap(
    ({ address: listened, port }) => {
      const address = listened === '*' || listened === '[::]' ? null : listened;
      return compare(before, after, { address, family: listened.startsWith('[') ? 6 : 4, port, name: null });
    },
  );
}
