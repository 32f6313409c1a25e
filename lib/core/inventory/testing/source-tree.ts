import type { SourceTree } from '../source-tree';

/** A tree of these texts; the first is the main configuration. */
export function sourceTree(
  texts: Readonly<Record<string, string>>,
  more: Partial<SourceTree> = {},
): SourceTree {
  const [main = '/none'] = Object.keys(texts);
  return {
    main,
    base: main.slice(0, main.lastIndexOf('/')),
    files: new Map(Object.entries(texts).map(([path, text]) => [path, { path, real: path, text }])),
    unread: [],
    variables: new Map(),
    defines: [],
    modules: null,
    ...more,
  };
}
