import { allLocations } from '../../rules/rule';
import type { LintRule } from '../lint-rule';

/** A way past the access rules that is as wide as the site or that any client can choose. */
export const openBypass: LintRule = {
  code: 'lint.open-bypass',
  severity: 'warning',
  source: 'https://cwe.mitre.org/data/definitions/288.html',
  check: (site) => {
    const { auth, ip } = site.access;
    if (auth.mode === 'none' && ip.allow.length + ip.deny.length === 0) return [];
    return [
      ...allLocations(site).flatMap(({ location: { match, access, class: kind }, path }) => {
        if (access === 'site' || kind === 'deny') return [];
        // Without sign-in there is nothing to lift.
        if (access === 'bypass-auth' && auth.mode === 'none') return [];
        const why =
          match.kind === 'prefix' && match.path === '/'
            ? 'this location is the whole site'
            : match.kind === 'header'
              ? `every client can send ${match.name}`
              : null;
        return why === null
          ? []
          : [
              {
                path: [...path, 'access'],
                message: `${why}, so the access rules protect nothing that it reaches`,
                hint: 'Name the paths that have their own authentication, and only those.',
              },
            ];
      }),
      ...site.extraHosts.flatMap((extra, index) =>
        extra.access !== 'site' &&
        extra.class !== 'grpc' &&
        extra.upstream === site.upstreams[0]?.name &&
        !(extra.access === 'bypass-auth' && auth.mode === 'none')
          ? [
              {
                path: ['extraHosts', index, 'access'],
                message: `${extra.hostnames[0]} leads to the same application without the access rules of ${site.hostnames[0]}`,
                hint: 'Limit this host to what it is for by locations of class deny, or keep the site’s rules.',
              },
            ]
          : [],
      ),
    ];
  },
};
