import { allLocations } from '../../rules/rule';
import type { LintRule } from '../lint-rule';

/** The end of a path is the client’s choice: applications that ignore what follows a page’s name answer with that page. */
export const suffixBypass: LintRule = {
  code: 'lint.suffix-bypass',
  severity: 'advice',
  source: 'https://cwe.mitre.org/data/definitions/289.html',
  check: (site) =>
    site.access.auth.mode === 'none' && site.access.ip.allow.length + site.access.ip.deny.length === 0
      ? []
      : allLocations(site).flatMap(({ location: { match, access, class: kind }, path }) =>
          access !== 'site' && kind !== 'deny' && match.kind === 'suffix'
            ? [
                {
                  path: [...path, 'match', 'path'],
                  message: `every path that ends in ${match.path} is free, also below pages that need a sign-in`,
                  hint: 'Check that the application answers no other page there, or match segments instead.',
                },
              ]
            : [],
        ),
};
