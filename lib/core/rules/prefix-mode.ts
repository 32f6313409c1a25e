import type { Issue } from '../issue';
import type { Prefix } from '../site/schema';
import { error, type Rule } from './rule';

/** The prefix mode is one that the CI server supports, and its paths make sense. */
export const prefixMode: Rule = (site, preset) => {
  const issues: Issue[] = [];
  const { modes, fixed } = preset.prefix;
  if (!modes.includes(site.prefix.mode)) {
    issues.push(
      error(
        'site.prefix-mode',
        ['prefix', 'mode'],
        `${preset.title} cannot be served with prefix mode “${site.prefix.mode}”`,
        `It can: ${modes.join(', ')}.`,
      ),
    );
  }
  if (site.prefix.mode === 'fixed' && fixed !== undefined && site.prefix.path !== fixed) {
    issues.push(
      error('site.prefix-fixed', ['prefix', 'path'], `${preset.title} always lives below ${fixed}`),
    );
  }
  issues.push(...prefixPaths(site.prefix, ['prefix']));
  site.extraHosts.forEach((extra, index) => {
    issues.push(...prefixPaths(extra.prefix, ['extraHosts', index, 'prefix']));
  });
  return issues;
};

function prefixPaths(prefix: Prefix, path: Issue['path']): readonly Issue[] {
  if (prefix.mode === 'none') return [];
  if (prefix.mode === 'rewrite') {
    return prefix.rules.flatMap(({ from }, index) =>
      prefix.rules.findIndex((other) => other.from === from) < index
        ? [error('site.prefix-rule-twice', [...path, 'rules', index, 'from'], `${from} is rewritten already`)]
        : [],
    );
  }
  if (prefix.path === '/')
    return [
      error(
        'site.prefix-root',
        [...path, 'path'],
        'must be longer than /',
        'Use mode “none” to serve the root.',
      ),
    ];
  if (prefix.mode !== 'strip') return [];
  return prefix.unstrippedPaths.flatMap((unstripped, index) =>
    unstripped === '/' || unstripped.startsWith(prefix.path) || prefix.path.startsWith(unstripped)
      ? [
          error(
            'site.unstripped-path',
            [...path, 'unstrippedPaths', index],
            `must lie outside of ${prefix.path}`,
          ),
        ]
      : [],
  );
}
