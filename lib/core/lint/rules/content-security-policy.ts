import { placedHeaders } from '../header-lists';
import type { LintRule } from '../lint-rule';

const directives = new Set([
  ...[
    'default',
    'script',
    'style',
    'img',
    'font',
    'connect',
    'media',
    'object',
    'frame',
    'child',
    'worker',
  ].map((kind) => `${kind}-src`),
  ...['script-src-elem', 'script-src-attr', 'style-src-elem', 'style-src-attr', 'manifest-src', 'base-uri'],
  ...['form-action', 'frame-ancestors', 'sandbox', 'report-uri', 'report-to', 'upgrade-insecure-requests'],
  ...['block-all-mixed-content', 'require-trusted-types-for', 'trusted-types', 'prefetch-src', 'webrtc'],
]);
const keywords =
  /^(?:self|none|unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic|wasm-unsafe-eval|report-sample)$/;

function slips(policy: string): readonly string[] {
  return policy
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .flatMap(([name = '', ...values]) => {
      if (name === '') return [];
      if (!directives.has(name.toLowerCase())) return [`“${name}” is not a directive of a policy`];
      return [
        ...values
          .filter((value) => keywords.test(value))
          .map((value) => `“${value}” needs single quotes, or it means a host of that name`),
        ...(values.includes("'none'") && values.length > 1 ? ["'none' counts only on its own"] : []),
      ];
    });
}

/** Browsers skip what they do not understand in a policy, so a slip of the pen protects nothing and nobody notices. */
export const contentSecurityPolicy: LintRule = {
  code: 'lint.content-security-policy',
  severity: 'warning',
  source: 'https://www.w3.org/TR/CSP3/#framework-directives',
  check: (site) =>
    placedHeaders(site, 'responseHeaders').flatMap(({ rule, name, path }) =>
      rule.op === 'set' && /^content-security-policy(?:-report-only)?$/.test(name)
        ? slips(rule.value).map((message) => ({
            path: [...path, 'value'],
            message,
            hint: 'Correct it and look at the browser’s console.',
          }))
        : [],
    ),
};
