// Builds the web pages when their sources are not those of the last build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash, root, stampDir, stop } from './prepare.mjs';

const folders = ['app', 'components', 'lib', 'public'];
const files = [
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
  'proxy.ts',
  'instrumentation.ts',
];
const isSource = (path) => !/\.test\.tsx?$|[\\/]golden[\\/]/.test(path);

function sources() {
  const found = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .filter(isSource)
    .sort();
  return [...found, ...files.map((file) => join(root, file)).filter(existsSync)];
}

/**
 * Runs `next build` unless the last one that succeeded saw exactly these files. Where another process is building already, it waits and then finds the
 * work done.
 */
export async function build() {
  const wanted = hash(...sources().flatMap((path) => [path.slice(root.length), readFileSync(path)]));
  const mark = join(root, '.next/built-from');
  const isBuilt = () => existsSync(mark) && readFileSync(mark, 'utf8') === wanted;
  if (isBuilt()) return;
  const { lock } = await import('proper-lockfile');
  const unlock = await lock(stampDir, {
    lockfilePath: join(stampDir, 'build.lock'),
    retries: { forever: true, minTimeout: 500, maxTimeout: 500 },
  });
  if (!isBuilt()) {
    console.log('Building the dashboard (once after every change of its sources) …');
    // The lock is kept alive meanwhile.
    const next = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    const [status] = await once(next, 'exit');
    if (status !== 0) stop('The build failed; its own output is above.');
    mkdirSync(join(root, '.next'), { recursive: true });
    writeFileSync(mark, wanted);
  }
  await unlock();
}
