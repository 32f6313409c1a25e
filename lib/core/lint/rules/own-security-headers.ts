import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

// Jenkins' user content, GitLab, Concourse and Argo CD send policies of their own.
const sendsItself: ReadonlySet<string> = new Set(['jenkins', 'gitlab', 'concourse', 'argocd']);

/** Applications that send these headers themselves know which of their pages need what. */
export const ownSecurityHeaders: LintRule = {
  code: 'lint.own-security-headers',
  severity: 'advice',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html',
  check: (site, preset) =>
    sendsItself.has(preset.id)
      ? placedHeaders(site, 'responseHeaders').flatMap(({ rule, name, path }) =>
          name === 'x-frame-options' || name === 'content-security-policy'
            ? [
                {
                  path: [...path, 'name'],
                  message: `${preset.title} sends ${rule.name} by itself, fitting to each page; this replaces it everywhere`,
                  hint: 'Remove the rule unless you know that the application’s own value is wrong.',
                },
              ]
            : [],
        )
      : [],
};
