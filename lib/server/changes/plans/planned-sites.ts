import 'server-only';
import type { TargetPlan } from '#core/plan/target-plan';
import { describeChanges } from '#core/site/describe-changes';
import type { PlannedSite } from './load-plan-targets';

/** More are not read by anybody; the diff shows them all. */
const mostFields = 12;

/** The sites of a target as its plan keeps them: which revision goes, which comes, and what that changes about each chosen one in words. */
export const plannedSites = (sites: readonly PlannedSite[]): TargetPlan['sites'] =>
  sites.map(({ siteId, name, from, to, selected, running, document }) => ({
    siteId,
    name,
    from,
    to,
    selected,
    ...(selected && running && document && from !== to
      ? { fields: describeChanges(running, document).slice(0, mostFields) }
      : {}),
  }));
