import 'server-only';
import { z } from 'zod';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { Env } from '../../platform/env';
import { backupDueDays, daysSince, lastBackup } from '../backup/last-backup';
import { runningServer } from '../process/running-server';
import { type Finding, failed, ok, skipped, warning } from './finding';

const Health = z.object({ status: z.string(), version: z.string() });
const timeoutMs = 5000;
const loopback = /^(?:127\.|::1$|localhost$)/;

/** Whether the dashboard that runs on this data directory answers, and is this version. */
export async function checkServer({ dataDir, host, port }: Env): Promise<Finding> {
  const pid = runningServer(dataDir);
  if (pid === null) return skipped('server', 'No dashboard runs on this data directory.');
  const anywhere = host === '0.0.0.0' || host === '::';
  const url = `http://${anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}/api/health`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    const { status, version } = Health.parse(await answer.json());
    if (status !== 'ok')
      return failed('server', `The dashboard (process ${pid}) cannot use its database; its log says why.`);
    if (version !== packageJson.version)
      return failed(
        'server',
        `The dashboard that runs is version ${version}, this is ${packageJson.version}.`,
        'systemctl restart gatehouse',
      );
    return ok('server', `Version ${version} answers (process ${pid}).`);
  } catch {
    return failed(
      'server',
      `The dashboard (process ${pid}) does not answer at ${url}. Are HOST and PORT here what it was started with?`,
      'systemctl restart gatehouse',
    );
  }
}

/** How people reach it: passwords and cookies must not cross a network in the clear. */
export function checkWay({ host, publicOrigin, trustedProxies }: Env): Finding {
  if (!loopback.test(host) && !publicOrigin?.startsWith('https://'))
    return warning(
      'way',
      `It listens on ${host} without https: anyone on the network path can read passwords. Put a proxy in front and set GATEHOUSE_PUBLIC_URL.`,
    );
  if (publicOrigin?.startsWith('https://') && trustedProxies.length === 0)
    return warning(
      'way',
      'GATEHOUSE_TRUSTED_PROXIES is not set: behind the proxy everybody has the same address, for limits and in the record.',
    );
  return ok('way', publicOrigin ?? `Only this machine reaches it, on ${host}.`);
}

export function checkBackup({ dataDir }: Env, now: Date): Finding {
  const command = 'gatehouse backup --recipient age1… --out /backup/gatehouse-$(date +%F).age';
  const last = lastBackup(dataDir);
  if (!last) return warning('backup', 'No backup has ever been made.', command);
  const days = daysSince(last, now);
  if (days > backupDueDays) return warning('backup', `The last backup is ${days} days old.`, command);
  return ok('backup', `The last one is from ${last.at}.`);
}

/** The program itself. Versions below have no `import.meta` features and no security support. */
export function checkVersions(): Finding {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const text = `Gatehouse ${packageJson.version} on Node ${node}.`;
  if (major < 20 || (major === 20 && minor < 19)) return failed('versions', `${text} Node 20.19 is needed.`);
  // https://github.com/nodejs/release: 20 is without support since 2026-04-30.
  if (major < 22) return warning('versions', `${text} Node 20 no longer gets security fixes; use 22 or 24.`);
  return ok('versions', text);
}
