import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Paths of the files below a folder, from the top of the repository. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('lib/generated/') && !path.includes('/golden/'));

export const allFiles = [
  ...['app', 'cli', 'components', 'e2e', 'lib', 'prisma', 'scripts'].flatMap(filesBelow),
  'proxy.ts',
  'instrumentation.ts',
];
export const sources = allFiles.filter((path) => /\.(?:tsx?|mjs)$/.test(path));
/** What a bundler can take in. */
export const modules = sources.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
export const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
export const isTest = (path: string) =>
  /\.test\.tsx?$/.test(path) || /\/(?:testing|conformance)\//.test(path) || path.startsWith('e2e/');
