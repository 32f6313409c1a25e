// Brings a fresh clone, or one after `git pull`, to where it can run: dependencies as in the lockfile, database client generated.
// Written without dependencies, because it runs before they are installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const stampDir = join(root, 'node_modules/.cache/gatehouse');

/** An end with words for the person at the terminal instead of a stack. */
export function stop(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `Gatehouse needs Node 20.19 or newer (22 or 24 is better); this is ${process.versions.node}.\nSee https://nodejs.org/en/download`,
  );
}

const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
export const hash = (...parts) => createHash('sha256').update(parts.join('\0')).digest('hex');

/** What was done last time, by name. */
export const stamp = {
  read: (name) => read(join('node_modules/.cache/gatehouse', name)),
  write(name, value) {
    mkdirSync(stampDir, { recursive: true });
    writeFileSync(join(stampDir, name), value);
  },
};

/** Runs a command with its output on our standard error, so that standard output stays clean for commands that print data. */
function run(command, args, env = {}) {
  const options = { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } };
  const { status, signal, error } = spawnSync(command, args, options);
  if (error) stop(`${command} cannot be started: ${error.message}`);
  // A killed command (out of memory, most often) says nothing itself.
  if (signal) console.error(`${command} was ended by ${signal}.`);
  return status === 0;
}

/** True when what npm recorded as installed is what the lockfile asks for. */
function installedAsLocked() {
  const installed = read('node_modules/.package-lock.json');
  if (!installed) return false;
  const have = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(read('package-lock.json')).packages).every(
    ([path, wanted]) =>
      path === '' || wanted.optional || wanted.devOptional || have[path]?.version === wanted.version,
  );
}

function install() {
  const lock = hash(read('package-lock.json'));
  // Native modules are built for one binary interface: another Node may need to rebuild them.
  const abi = `${process.platform}-${process.arch}-${process.versions.modules}`;
  const [lockThen, abiThen = abi] = stamp.read('installed').split(' ');
  if (lockThen === lock && abiThen === abi) return;
  if (abiThen !== abi || !installedAsLocked()) {
    console.error(
      'Installing dependencies (once; a native module may be compiled, which takes a minute or two) …',
    );
    if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
      stop(
        'The dependencies could not be installed; npm’s own words stand above. It needs the npm registry, and where no\n' +
          'ready-made build of better-sqlite3 fits also a C++ compiler, make and python3 (Debian: apt install build-essential python3).',
      );
    }
  }
  stamp.write('installed', `${lock} ${abi}`);
}

function generate() {
  const wanted = hash(read('prisma/schema.prisma'), read('node_modules/prisma/package.json'));
  if (stamp.read('generated') === wanted && existsSync(join(root, 'lib/generated/prisma/client.ts'))) return;
  // Generating needs no schema engine, but the tool would download one all the same.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  if (!run(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--no-hints'], env)) {
    stop('The database client could not be generated; Prisma’s own words stand above.');
  }
  stamp.write('generated', wanted);
}

/** Installs and generates what is missing or out of date; does nothing, in milliseconds, when all is well. */
export async function prepare() {
  assertNode();
  install();
  generate();
}
