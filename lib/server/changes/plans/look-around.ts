import 'server-only';
import type { EventOf } from '#core/host/event';
import { candidateTree } from '#core/inventory/candidate-tree';
import { compareServing } from '#core/inventory/compare-serving';
import { blockId } from '#core/inventory/hand-over';
import { readInventory } from '#core/inventory/read-inventory';
import type { ServedBlock } from '#core/inventory/server-inventory';
import { socketEffects } from '#core/inventory/shared-sockets';
import type { Issue } from '#core/issue';
import { handOverOffers } from '#core/plan/hand-over-offers';
import { pendingDecision, pendingEdits, pendingIssues } from '#core/plan/pending-edits';
import { runningIssues } from '#core/plan/running-issues';
import { type Accepted, handsDecision, openHands, servingIssues } from '#core/plan/serving-issues';
import type { TargetPlan } from '#core/plan/target-plan';
import type { EffectiveConfig } from '#server/hosts/helper/host';
import { treeOf } from '#server/hosts/inventory/inventories-of';
import {
  type KeptInventory,
  type LoadedSources,
  loadedSources,
  readSources,
} from '#server/hosts/inventory/kept-inventory';

interface Given {
  /** What the server reads; absent where the host did not report it. */
  readonly config: EffectiveConfig | undefined;
  readonly server: EventOf<'server'>;
  readonly plan: Pick<TargetPlan, 'changes'>;
  /** Names of the sites that the plan brings. */
  readonly chosen: readonly string[];
  readonly accepted: readonly Accepted[];
  /** Blocks that a person wants to be taken over (`FILE:LINE`). */
  readonly takeOver: readonly string[];
  /** What the web server had read when its processes were seen first. */
  readonly earlier: LoadedSources | null;
  /** Blocks that the plan's changes take over already. */
  readonly handed?: readonly ServedBlock[];
}

interface Found {
  readonly issues: readonly Issue[];
  /** Decisions that this plan really needs; others have nothing to do with it. */
  readonly acceptable: readonly string[];
  /** Blocks that are to be taken over, can be, and are not by these changes. */
  readonly wanted: readonly ServedBlock[];
}

/** Who else is served where a plan's sites go: read from the texts as they are, and as they would be. */
export function lookAround({
  config,
  server,
  plan,
  chosen,
  accepted,
  takeOver,
  earlier,
  handed = [],
}: Given): {
  looked: KeptInventory | undefined;
  found: Found;
} {
  if (!config)
    return { looked: undefined, found: { issues: runningIssues(server), acceptable: [], wanted: [] } };
  const tree = treeOf(config, server.modules);
  const loaded = loadedSources(config);
  const before = readInventory(server.server, config.told.running, tree);
  const blocked = runningIssues(server, before.admin);
  // What would be if another main configuration ran is useless.
  if (blocked.some(({ severity }) => severity === 'error'))
    return {
      looked: { ...before, ...readSources(config) },
      found: { issues: blocked, acceptable: [], wanted: [] },
    };
  const candidate = candidateTree(tree, plan.changes);
  const after = readInventory(server.server, config.told.running, candidate);
  const siteOf = siteFiles(plan.changes);
  const serving = compareServing({ before, after, siteOf, sites: chosen });
  const effects = socketEffects(before, after, siteOf, perSocket(server.version));
  const offers = handOverOffers({ tree, before, after, rivals: serving.rivals, siteOf, chosen, handed });
  const wanted = [...offers.values()].flatMap((offer) =>
    'block' in offer && takeOver.includes(blockId(offer.block)) ? [offer.block] : [],
  );
  // What Caddy runs is asked of it, so that nothing has to be concluded from times.
  const edits =
    server.server === 'caddy'
      ? []
      : pendingEdits({
          ...loaded,
          loadedSecondsAgo: config.told.loadedSecondsAgo,
          ages: config.ages,
          earlier,
          known: new Set(plan.changes.flatMap(({ path, role }) => (role === 'handover' ? [] : [path]))),
        });
  return {
    looked: { ...before, ...readSources(config) },
    found: {
      issues: [
        ...blocked,
        ...servingIssues({ before, after, serving, effects, accepted, offers, handed }),
        ...pendingIssues(edits, server.server, accepted),
      ],
      acceptable: [
        handsDecision(openHands(serving.changedHands, handed)),
        ...(edits.length > 0 ? [pendingDecision(edits)] : []),
      ],
      wanted: [...new Set(wanted)],
    },
  };
}

function siteFiles(changes: TargetPlan['changes']): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap(({ path, site, role }) =>
      site !== null && role === 'site' ? [[path, site] as const] : [],
    ),
  );
}

/** HTTP/2 became a setting of the block with nginx 1.25.1 (its changelog); of a version that is not known the older way is assumed. */
function perSocket(version: string | null): boolean {
  const [major = 0, minor = 0, patch = 0] = (version ?? '0').split('.').map(Number);
  return major < 1 || (major === 1 && (minor < 25 || (minor === 25 && patch < 1)));
}
