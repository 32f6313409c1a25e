import type { ResolvedLocation, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { rememberLocations } from '../remember-locations';
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
  /** Each after an empty line, without header lines: these are in the vhost unless locations differ in them. */
  readonly sections: readonly ApacheNode[];
}

/** The plan of a vhost's locations. */
export function locationPlan(
  vhost: ResolvedVhost,
  upstreams: readonly UpstreamKind[],
  target: RenderTarget,
): LocationPlan {
  const plans = plansByUpstreams(vhost, target);
  const key = JSON.stringify(upstreams);
  let plan = plans.get(key);
  if (plan === undefined) {
    plan = makePlan(vhost.locations, upstreams, target);
    plans.set(key, plan);
  }
  return plan;
}

/** By the kinds of the upstreams. */
const plansByUpstreams = rememberLocations(() => new Map<string, LocationPlan>());

function makePlan(
  locations: readonly ResolvedLocation[],
  upstreams: readonly UpstreamKind[],
  target: RenderTarget,
): LocationPlan {
  const context = { locations, target, routes: new Routes(upstreams, locations, target) };
  // In this order: the first to ask for a route names it.
  const sections = spaced(locationSections(context, null));
  const rules = locationRules(context);
  return {
    context,
    headerGroups: headerGroups(locations),
    rules: [shared(rules)],
    sections: [shared(sections)],
  };
}
