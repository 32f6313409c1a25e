import { remember } from '../../remember';
import type { ResolvedLocation, ResolvedVhost } from '../../site/resolved';
import type { RenderTarget } from '../types';
import { Routes, type UpstreamKind } from './balancer';
import { type ApacheNode, shared, spaced } from './directive';
import { type LocationContext, locationSections } from './location-section';
import { locationRules } from './rewrite-rules';
import { type HeaderGroups, headerGroups } from './vhost-headers';

/** What becomes of a list of locations, whatever the names and addresses of the site are. */
export interface LocationPlan {
  /** With all routes that rules and sections need. */
  readonly context: LocationContext;
  readonly headerGroups: HeaderGroups;
  readonly rules: readonly ApacheNode[];
  /** Each after an empty line, without header lines: these stand at the vhost unless locations differ in them. */
  readonly sections: readonly ApacheNode[];
}

/** The plan of a vhost's locations; sites whose main vhosts share their locations (see `Shapes`) share it too. */
export function locationPlan(
  { role, locations }: ResolvedVhost,
  upstreams: readonly UpstreamKind[],
  target: RenderTarget,
): LocationPlan {
  if (role !== 'main') return makePlan(locations, upstreams, target);
  const plans = sharedPlans(target)(locations);
  const key = JSON.stringify(upstreams);
  let plan = plans.get(key);
  if (plan === undefined) {
    const made = makePlan(locations, upstreams, target);
    plan = { ...made, rules: [shared(made.rules)], sections: [shared(made.sections)] };
    plans.set(key, plan);
  }
  return plan;
}

/** By the upstreams' kinds: everything else that a plan depends on is in the keys before. */
const sharedPlans = remember((_: RenderTarget) =>
  remember((_: readonly ResolvedLocation[]) => new Map<string, LocationPlan>()),
);

function makePlan(
  locations: readonly ResolvedLocation[],
  upstreams: readonly UpstreamKind[],
  target: RenderTarget,
): LocationPlan {
  const context = { locations, target, routes: new Routes(upstreams, locations, target) };
  // In this order: the first to ask for a route names it.
  const sections = spaced(locationSections(context, null));
  const rules = locationRules(context);
  return { context, headerGroups: headerGroups(locations), rules, sections };
}
