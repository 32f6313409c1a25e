import { dirname } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from './source-files';

/** A file that does not exist: what a check says of it shows that the check can fail. */
export interface Planted {
  /** Where it would be, from the top of the repository. */
  readonly path: string;
  readonly text: string;
}

const plant = ({ path, text }: Planted): Plugin => ({
  name: 'planted',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^planted$/ }, () => ({ path: `${root}${path}` }));
    onLoad({ filter: new RegExp(`${path}$`) }, () => ({
      contents: text,
      loader: 'ts',
      resolveDir: dirname(`${root}${path}`),
    }));
  },
});

/** Files of the repository, each with those that it imports when it runs. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Which of our files each of `files`, and each that they lead to, imports when it runs, resolved as the bundler resolves them: an alias, a
 * relative path, a namespace, a dynamic import and a re-export lead to the same module. Imports of types alone and packages are left out.
 */
export async function importGraph(files: readonly string[], planted?: Planted): Promise<ImportGraph> {
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: {
      contents: [...files.map((path) => `./${path}`), ...(planted ? ['planted'] : [])]
        .map((path) => `import ${JSON.stringify(path)};`)
        .join('\n'),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    metafile: true,
    // Nothing is left out because nobody uses it.
    treeShaking: false,
    outdir: 'nowhere',
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.css': 'empty' },
    plugins: planted ? [plant(planted)] : [],
    logLevel: 'silent',
  });
  return new Map(
    Object.entries(metafile.inputs)
      .filter(([path]) => path !== '<stdin>')
      .map(([path, { imports }]) => [
        path,
        imports.filter(({ external }) => !external).map((each) => each.path),
      ]),
  );
}

/** The files of a graph that import one of `modules` themselves. */
export const importersOf = (graph: ImportGraph, modules: readonly string[]): readonly string[] =>
  [...graph]
    .filter(([, imports]) => imports.some((each) => modules.includes(each)))
    .map(([path]) => path)
    .sort();
