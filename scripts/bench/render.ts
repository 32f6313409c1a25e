import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Measures the core as it is shipped, bundled: the loader that runs TypeScript directly wraps every inner function to keep its name, which costs more
 * than many of the functions do.
 */
export async function bench(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  try {
    const outfile = join(directory, 'measure-rendering.mjs');
    const entryPoints = [join(import.meta.dirname, 'measure-rendering.ts')];
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
    const { measureRendering } = (await import(outfile)) as { measureRendering: () => void };
    measureRendering();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
