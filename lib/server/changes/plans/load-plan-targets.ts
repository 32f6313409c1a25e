import 'server-only';
import type { Change } from '#core/change/change';
import { AppliedDocument, AppliedFile } from '#core/plan/applied-file';
import type { Accepted } from '#core/plan/serving-issues';
import type { Site } from '#core/site/schema';
import type { ServerKind } from '#core/web-server/render-target';
import { ServerKind as ServerKindSchema } from '#core/web-server/render-target';
import { addressFromHere } from '../../hosts/address-from-here';
import { type LoadedSources, storedSources } from '../../hosts/inventory/kept-inventory';
import { StoredFacts } from '../../hosts/stored-facts';
import { chunks } from '../../platform/database/chunks';
import type { ReadDb } from '../../platform/database/db';
import { loadRevisions } from '../../sites/load-revisions';

/** A site on one target: what runs there and what should. */
export interface PlannedSite {
  readonly siteId: string;
  readonly name: string;
  readonly from: number | null;
  /** `null`: it is taken off this target. */
  readonly to: number | null;
  readonly selected: boolean;
  /** Document of revision `to`. */
  readonly document: Site | null;
  /** Document of revision `from`. */
  readonly running: Site | null;
}

/** Everything that the database knows about one target to be planned. */
export interface PlanTargetInput {
  readonly targetId: string;
  readonly server: ServerKind;
  readonly host: { readonly id: string; readonly name: string; readonly address: string | null };
  readonly sites: readonly PlannedSite[];
  readonly applied: readonly AppliedFile[];
  /** The web server as it was when the host was checked last; `null` when that is not known. */
  readonly known: StoredFacts['servers'][number] | null;
  /** What a person lets through on this target. */
  readonly accepted: readonly Accepted[];
  /** Blocks of somebody else to be taken over, as `FILE:LINE`. */
  readonly takeOver: readonly string[];
  /** What the web server had read when its processes were seen first. */
  readonly earlier: LoadedSources | null;
  /** What an apply that is undone took over, to be brought back. */
  readonly bringBack: readonly BringBack[];
}

/** A change that an apply made to somebody else's file, and the name of that apply on the host. */
export interface BringBack {
  readonly applyId: string;
  readonly change: Change;
}

/** By `siteId targetId`: the revision that should run there instead of the head, `null` for none. */
export type WantedRevisions = ReadonlyMap<string, number | null>;

/**
 * The targets of the chosen sites, each with all sites that run or should run there: the chosen ones at their head, the others at
 * the revision that was applied last.
 *
 * @param targetIds only these; all targets of the chosen sites when absent
 * @param revisions of chosen sites that should not run at their head
 */
export async function loadPlanTargets(
  db: ReadDb,
  siteIds: readonly string[],
  targetIds?: readonly string[],
  revisions: WantedRevisions = new Map(),
): Promise<PlanTargetInput[]> {
  const chosen = new Set(siteIds);
  const wanted = new Set<string>();
  for (const ids of chunks(siteIds)) {
    const rows = await db.siteTarget.findMany({ where: { siteId: { in: ids } }, select: { targetId: true } });
    for (const row of rows) if (!targetIds || targetIds.includes(row.targetId)) wanted.add(row.targetId);
  }
  const targets = await db.target.findMany({
    where: { id: { in: [...wanted] }, host: { archivedAt: null } },
    include: {
      inventory: { select: { document: true } },
      host: true,
      sites: { include: { site: true } },
      appliedFiles: true,
    },
    orderBy: [{ host: { name: 'asc' } }, { server: 'asc' }],
  });
  return Promise.all(
    targets.map(async (target) => {
      const wantedOf = (siteId: string, head: number) => {
        const chosenOne = revisions.get(`${siteId} ${target.id}`);
        return chosenOne === undefined ? head : chosenOne;
      };
      const revision = await loadRevisions(
        db,
        target.sites.flatMap(({ siteId, appliedRevision, site }) => [
          ...(appliedRevision === null ? [] : [{ siteId, number: appliedRevision }]),
          ...(chosen.has(siteId) ? [{ siteId, number: wantedOf(siteId, site.head) ?? site.head }] : []),
        ]),
      );
      const sites = target.sites.flatMap((row): PlannedSite[] => {
        const selected = chosen.has(row.siteId);
        const gone = row.removing || row.site.archivedAt !== null;
        const from = row.appliedRevision;
        const to = selected ? (gone ? null : wantedOf(row.siteId, row.site.head)) : from;
        if (to === null && from === null) return [];
        const document = to === null ? null : revision(row.siteId, to);
        const running = from === null ? null : revision(row.siteId, from);
        const name = document?.name ?? row.site.name;
        return [{ siteId: row.siteId, name, from, to, selected, document, running }];
      });
      const nameOf = new Map(sites.map((site) => [site.siteId, site.name]));
      return {
        targetId: target.id,
        server: ServerKindSchema.parse(target.server),
        host: { id: target.host.id, name: target.host.name, address: addressFromHere(target.host) },
        sites: sites.sort((a, b) => (a.name < b.name ? -1 : 1)),
        known: knownServer(target.host.facts, target.server),
        accepted: [],
        takeOver: [],
        bringBack: [],
        earlier: storedSources(target.inventory?.document),
        applied: target.appliedFiles.map((file) => ({
          document: AppliedDocument.parse(file.document),
          role: AppliedFile.shape.role.parse(file.role),
          site: file.siteId === null ? null : (nameOf.get(file.siteId) ?? null),
        })),
      };
    }),
  );
}

function knownServer(facts: unknown, server: string): PlanTargetInput['known'] {
  const { data } = StoredFacts.safeParse(facts);
  return data?.servers.find((each) => each.server === server) ?? null;
}
