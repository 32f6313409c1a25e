import { existsSync } from 'node:fs';
import { labFile } from '#lab/lab-file';
import { run } from '#lab/run';

export const releases = ['bookworm', 'trixie'] as const;
export type Release = (typeof releases)[number];
export const serverNames = ['nginx', 'apache', 'caddy'] as const;
export type ServerName = (typeof serverNames)[number];

const buildTimeoutMs = 15 * 60_000;

/** Installs the packages and builds the roots that are missing; returns at once where nothing is. */
export async function prepareLab(parts: readonly ('packages' | Release)[] = ['packages', ...releases]) {
  const { stderr } = await run(['bash', labFile('prepare.sh'), ...parts], {
    timeoutMs: buildTimeoutMs,
    env: inherited(),
  });
  process.stderr.write(stderr);
}

/** The cached read-only layers of a host with just these web servers installed, topmost first, for `lowerdir=`. */
export async function rootLayers(release: Release, servers: readonly ServerName[]): Promise<string> {
  const { stdout } = await run(['bash', labFile('prepare.sh'), '--print', release], { env: inherited() });
  const directory = stdout.trim();
  if (!existsSync(directory)) await prepareLab([release]);
  const root = `${directory}/root`;
  const selection = [...servers].sort().join('+') || 'none';
  return servers.length === serverNames.length ? root : `${directory}/${selection}:${root}`;
}

/** What decides where roots are kept and how apt reaches its archive. */
function inherited(): Record<string, string> {
  const names = ['GATEHOUSE_LAB_CACHE', 'GATEHOUSE_LAB_MIRROR', 'http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
