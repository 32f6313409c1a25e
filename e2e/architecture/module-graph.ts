import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';
import { ResolverFactory } from 'oxc-resolver';
import { root } from './source-files';

/** Files of the repository, each with those that it names, types included. */
export type ModuleGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Which of our files each of `files` names in an import, an export or an `import()`, of values or of types. What was named is resolved as Node resolves it,
 * so that no spelling leads past a check. Packages are left out.
 *
 * @param texts of files that need not exist, by path: what a check says of them shows that the check can fail
 */
export function moduleGraph(
  files: readonly string[],
  texts: Readonly<Record<string, string>> = {},
): ModuleGraph {
  const resolver = new ResolverFactory({
    extensions: ['.ts', '.tsx', '.mjs'],
    conditionNames: ['node', 'import'],
  });
  const resolved = (path: string, specifier: string) => {
    const found = resolver.sync(`${root}${dirname(path)}`, specifier).path;
    return found ? relative(root, found).split(sep).join('/') : null;
  };
  return new Map(
    [...files, ...Object.keys(texts)].map((path) => {
      const named = specifiers(path, texts[path] ?? readFileSync(`${root}${path}`, 'utf8'));
      const targets = named.filter((each) => /^[.#]/.test(each)).map((each) => resolved(path, each));
      return [path, [...new Set(targets)].filter((target) => target !== null)];
    }),
  );
}

function specifiers(path: string, text: string): string[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(path, text).module;
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value ?? '')),
    ...dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
    // `import('…')` as a type is no import of the module for the parser.
    ...[...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, specifier = '']) => specifier),
  ];
}
