import { allLocations, error, type Rule, warning } from './rule';

const everybody = new Set(['0.0.0.0/0', '::/0']);

/** Addresses of a location of its own are asked where something is served, and shut somebody out. */
export const locationAddresses: Rule = (site) =>
  allLocations(site).flatMap(({ location: { class: kind, allow }, path }) => [
    ...(kind === 'deny' && allow.length > 0
      ? [error('site.location-denied', [...path, 'allow'], 'class “deny” lets nobody in')]
      : []),
    ...allow.flatMap((range, index) =>
      everybody.has(range)
        ? [warning('site.location-everybody', [...path, 'allow', index], 'this allows everybody')]
        : [],
    ),
  ]);
