// Makes one bundle of a TypeScript program, which Node starts in a fraction of the time that its hundreds of modules one by one would take.
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hash, root, stampDir } from './prepare.mjs';

const programs = join(stampDir, 'programs');

/** Files that a program was made of, and their content, as one text. */
const contentOf = (files) =>
  hash(
    root,
    ...files.flatMap((file) => [file, existsSync(join(root, file)) ? readFileSync(join(root, file)) : '']),
  );

/** Our modules find files beside their source. */
const ownAddresses = {
  name: 'own addresses',
  setup: (build) =>
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    })),
};

async function bundle(entry, directory) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { main: entry },
    outdir: directory,
    bundle: true,
    // What only one command needs is read by that command only.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['better-sqlite3', '@prisma/*', 'ssh2', 'pino'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    alias: { 'server-only': './scripts/server-only-stub.ts' },
    plugins: [ownAddresses],
    metafile: true,
    logLevel: 'warning',
  });
  return [
    ...Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/')),
    'package-lock.json',
  ];
}

function removeOld(current) {
  for (const name of readdirSync(programs)) {
    const path = join(programs, name);
    const ageMs = Date.now() - statSync(path).mtimeMs;
    if (path !== current && !name.endsWith('.json') && ageMs > 3_600_000)
      rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Path of the bundle of a program (`cli/main.ts`), rebuilt when one of its sources has changed. Another process may make or start it at the
 * same time: a finished one is moved to a name of its own as a whole, and outlives its successor for a while.
 */
export async function program(entry) {
  const name = join(programs, entry.replaceAll(/\W/g, '-'));
  const mark = `${name}.json`;
  if (existsSync(mark)) {
    const { files, content, directory } = JSON.parse(readFileSync(mark, 'utf8'));
    if (contentOf(files) === content && existsSync(directory)) return join(directory, 'main.js');
  }
  // As open as the umask says: an image and a service prepare as root, and run as an account of their own.
  const made = `${name}.${randomUUID()}`;
  mkdirSync(made, { recursive: true });
  const files = await bundle(entry, made);
  const content = contentOf(files);
  const directory = `${name}.${content.slice(0, 16)}`;
  try {
    renameSync(made, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
  }
  writeFileSync(`${made}.mark`, JSON.stringify({ files, content, directory }));
  renameSync(`${made}.mark`, mark);
  removeOld(directory);
  return join(directory, 'main.js');
}
