import type { ServedBlock, ServerInventory } from './server-inventory';
import { winnerOf } from './winner-of';

/** What blocks of one socket do to each other without a word in their files. */
export interface SocketEffect {
  /** `http2`: switched on for a neighbour. `tls-versions`: ours are decided by another block. */
  readonly kind: 'http2' | 'tls-versions';
  readonly port: number;
  readonly site: string | null;
  readonly names: readonly string[];
  readonly place: string;
  readonly versions: readonly string[] | null;
}

/**
 * On nginx before 1.25.1 HTTP/2 belongs to the socket, and on every version the default block of a socket decides the TLS versions of all of them.
 *
 * @param perSocket whether HTTP/2 is a setting of the socket in this version
 */
export function socketEffects(
  before: ServerInventory,
  after: ServerInventory,
  siteOf: ReadonlyMap<string, string>,
  perSocket: boolean,
): SocketEffect[] {
  if (after.server !== 'nginx') return [];
  const has = (inventory: ServerInventory, address: string, port: number) =>
    inventory.blocks.some(({ listens }) =>
      listens.some((each) => each.address === address && each.port === port && each.http2),
    );
  const seen = new Set<string>();
  return after.blocks.flatMap((block) =>
    block.listens
      .filter(({ tls }) => tls)
      .flatMap(({ address, port }): SocketEffect[] => {
        const base = {
          port,
          site: siteOf.get(block.real) ?? null,
          names: block.names,
          place: `${block.file}:${block.line}`,
        };
        const key = `${base.place} ${port}`;
        if (seen.has(key)) return [];
        if (!block.managed) {
          const was = before.blocks.some((each) => each.real === block.real);
          if (!perSocket || !was || has(before, address, port) || !has(after, address, port)) return [];
          seen.add(key);
          return [{ ...base, kind: 'http2', versions: null }];
        }
        const decides = winnerOf(after, {
          address: address === '*' || address === '[::]' ? null : address,
          family: address.startsWith('[') ? 6 : 4,
          port,
          name: null,
        });
        if (decides.kind !== 'block' || equal(decides.block, block)) return [];
        seen.add(key);
        const { file, line, tlsVersions } = decides.block;
        return [{ ...base, kind: 'tls-versions', place: `${file}:${line}`, versions: tlsVersions }];
      }),
  );
}

const equal = (a: ServedBlock, b: ServedBlock): boolean =>
  a === b || (a.tlsVersions?.join(' ') ?? '') === (b.tlsVersions?.join(' ') ?? '');
