import type { ConfigDirective, ParsedConfig } from '../config-directive';
import type { InventoryGap } from '../server-inventory';
import { matchPaths, type SourceTree } from '../source-tree';
import { parseNginx } from './parse-nginx';

const maxDepth = 32;

/** Everything that nginx reads, with each include replaced by what it takes in. */
export function expandNginx(tree: SourceTree): {
  readonly directives: readonly ConfigDirective[];
  readonly gaps: readonly InventoryGap[];
} {
  const gaps: InventoryGap[] = [];
  const parsed = new Map<string, ParsedConfig>();
  const read = (path: string, depth: number): ConfigDirective[] => {
    const file = tree.files.get(path);
    if (!file) return [];
    if (depth > maxDepth) {
      gaps.push({ path, line: null, message: 'includes are nested too deeply' });
      return [];
    }
    const known = parsed.get(path);
    const config = known ?? parseNginx(file.text, path);
    if (!known) {
      parsed.set(path, config);
      if (config.error) gaps.push({ path, ...config.error });
    }
    return expand(config.directives, depth);
  };
  const expand = (directives: readonly ConfigDirective[], depth: number): ConfigDirective[] =>
    directives.flatMap((directive) => {
      if (directive.words[0] !== 'include' || directive.block !== null) {
        return directive.block === null
          ? [directive]
          : [{ ...directive, block: expand(directive.block, depth) }];
      }
      const [, pattern = ''] = directive.words;
      return matchPaths(tree, absolute(pattern, tree.base)).flatMap((path) => read(path, depth + 1));
    });
  if (tree.main !== null && !tree.files.has(tree.main))
    gaps.push({ path: tree.main, line: null, message: 'the main configuration is missing or was not read' });
  return { directives: tree.main === null ? [] : read(tree.main, 0), gaps };
}

const absolute = (path: string, base: string): string => (path.startsWith('/') ? path : `${base}/${path}`);
