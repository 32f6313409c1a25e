import { compareVersions } from '../web-server/version';

/** Whether the application's version was given and is older than `since`. Without a version the current one is assumed. */
export function isOlder(version: string | undefined, since: string): boolean {
  return version !== undefined && compareVersions(version, since) < 0;
}
