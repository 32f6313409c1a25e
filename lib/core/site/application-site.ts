import type { Application, Site } from './schema';

/**
 * The site that one of the further applications would be alone: same names, TLS, access rules and headers, with its own preset, prefix, limits and rules.
 * What is said of the first application's paths is not said of it.
 */
export function applicationSite({ rawUri: _, ...site }: Site, application: Application): Site {
  const first = site.upstreams.filter(({ name }) => name === application.upstream);
  const others = site.upstreams.filter(({ name }) => name !== application.upstream);
  return {
    ...site,
    preset: application.preset,
    prefix: application.prefix,
    upstreams: [...first, ...others],
    limits: application.limits,
    locations: application.locations,
    redirects: [],
    extraHosts: [],
    applications: [],
  };
}
