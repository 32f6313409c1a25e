import type { Rival } from '../inventory/compare-serving';
import { blockId, handOver } from '../inventory/hand-over';
import type { ServedBlock, ServerInventory } from '../inventory/server-inventory';
import type { SourceTree } from '../inventory/source-tree';

/** Whether a rival can be taken over: its block in the files as they are, or why not. */
export type Offer = { readonly block: ServedBlock } | { readonly reason: string };

interface Given {
  readonly tree: SourceTree;
  readonly before: ServerInventory;
  readonly after: ServerInventory;
  readonly rivals: readonly Rival[];
  /** The site that a file belongs to, by its real path. */
  readonly siteOf: ReadonlyMap<string, string>;
  /** Sites that the plan brings. */
  readonly chosen: readonly string[];
  /** Blocks that the changes take away already, as they are now. */
  readonly handed: readonly ServedBlock[];
}

/** What a plan can do about each rival, by `blockId`: only a block whose every name is one of the sites of the plan can go whole. */
export function handOverOffers({
  tree,
  before,
  after,
  rivals,
  siteOf,
  chosen,
  handed,
}: Given): ReadonlyMap<string, Offer> {
  const wanted = new Set(chosen);
  const ours = new Set(
    after.blocks
      .filter(({ real }) => wanted.has(siteOf.get(real) ?? ''))
      .flatMap(({ names, path }) => names.map((name) => `${name}${path}`)),
  );
  const gone = new Set(handed.map(blockId));
  const staying = before.blocks.filter((block) => !gone.has(blockId(block)));
  const offerOf = (rival: ServedBlock): Offer => {
    if (rival.managed) return { reason: 'it is one of Gatehouse’s own' };
    const block = asItIs(rival, staying, after.blocks);
    if (block === undefined) return { reason: 'it is not in the files as they are' };
    // A site block of several addresses is one block of the file.
    const parts = before.blocks.filter(({ real, line }) => real === block.real && line === block.line);
    const names = parts.flatMap((part) => part.names.map((name) => [name, `${name}${part.path}`] as const));
    if (names.length === 0 || names.some(([name]) => name === '' || name === '_'))
      return { reason: 'it answers for names that nobody has as well' };
    const left = [...new Set(names.flatMap(([name, key]) => (ours.has(key) ? [] : [name])))];
    if (left.length > 0) {
      const more = left.length > 3 ? ` and ${left.length - 3} more` : '';
      return {
        reason: `it answers for ${left.slice(0, 3).join(', ')}${more} as well, which no site of this plan has`,
      };
    }
    const [refused] = handOver(after.server, tree, [block]).refused;
    return refused ? { reason: refused.reason } : { block };
  };
  return new Map(rivals.map(({ block }) => [blockId(block), offerOf(block)]));
}

/** The same block before: a line that the plan adds may have moved it, and keeps the order. */
function asItIs(
  block: ServedBlock,
  before: readonly ServedBlock[],
  after: readonly ServedBlock[],
): ServedBlock | undefined {
  const inFile = (list: readonly ServedBlock[]) => list.filter(({ real }) => real === block.real);
  return inFile(before)[inFile(after).indexOf(block)];
}
