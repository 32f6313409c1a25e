import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

/** What a page may load, gzipped, before anything is pressed; kB of 1000 bytes. */
export const firstLoadBudgetKb = 200;

export interface FirstLoad {
  /** As the router knows it, such as `/[team]/sites`. */
  readonly page: string;
  readonly kb: number;
}

interface Manifest {
  readonly entryJSFiles: Readonly<Record<string, readonly string[]>>;
}

const isManifest = (file: string) => file.endsWith('page_client-reference-manifest.js');

/** Scripts that each page of the built dashboard names in its first answer, gzipped. What a page fetches later by itself is not in it. */
export function firstLoads(buildDir: string): FirstLoad[] {
  const { rootMainFiles } = JSON.parse(readFileSync(join(buildDir, 'build-manifest.json'), 'utf8')) as {
    rootMainFiles: readonly string[];
  };
  const sizes = new Map<string, number>();
  const sizeOf = (file: string) => {
    const known = sizes.get(file) ?? gzipSync(readFileSync(join(buildDir, file))).length;
    sizes.set(file, known);
    return known;
  };
  const pagesDir = join(buildDir, 'server/app');
  return readdirSync(pagesDir, { recursive: true, encoding: 'utf8' })
    .filter(isManifest)
    .flatMap((file) => Object.entries(manifestsIn(join(pagesDir, file))))
    .map(([entry, { entryJSFiles }]) => {
      const files = new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()]);
      const bytes = [...files].reduce((sum, each) => sum + sizeOf(decodeURIComponent(each)), 0);
      return { page: entry.replace(/\/\([^)]+\)/g, '').replace(/\/page$/, '') || '/', kb: bytes / 1000 };
    })
    .sort((a, b) => b.kb - a.kb);
}

/** The build writes them as scripts that fill in a global. */
function manifestsIn(path: string): Record<string, Manifest> {
  const context: { globalThis: { __RSC_MANIFEST?: Record<string, Manifest> } } = { globalThis: {} };
  runInNewContext(readFileSync(path, 'utf8'), context);
  return context.globalThis.__RSC_MANIFEST ?? {};
}
