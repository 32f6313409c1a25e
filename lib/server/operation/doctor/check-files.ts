import 'server-only';
import { existsSync, lstatSync, readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, failed, ok, quoted, warning } from './finding';

/** Modes and owners: nothing in the data directory, and no key file elsewhere, may be open to other users of the machine. */
export function checkFiles(dataDir: string, secretKeyFile: string): Finding[] {
  if (!existsSync(dataDir))
    return [failed('files', `${dataDir} does not exist. Is GATEHOUSE_DATA_DIR right?`)];
  const folder = lstatSync(dataDir);
  const findings: Finding[] = [];
  if ((folder.mode & 0o077) !== 0)
    findings.push(
      failed('files', `${dataDir} can be entered by other users.`, `chmod 700 ${quoted(dataDir)}`),
    );
  const files = readdirSync(dataDir).map((name) => join(dataDir, name));
  for (const path of new Set([...files, ...(existsSync(secretKeyFile) ? [secretKeyFile] : [])])) {
    const { mode, uid } = lstatSync(path);
    const isFolder = lstatSync(path).isDirectory();
    if ((mode & 0o077) !== 0)
      findings.push(
        failed(
          'files',
          `${path} can be read or changed by other users.`,
          `chmod ${isFolder ? '700' : '600'} ${quoted(path)}`,
        ),
      );
    if (uid !== folder.uid)
      findings.push(
        failed(
          'files',
          `${path} belongs to user ${uid}, the data directory to ${folder.uid}: the server cannot use both.`,
          `chown ${folder.uid} ${quoted(path)}`,
        ),
      );
  }
  return findings.length > 0 ? findings : [ok('files', `${dataDir} and what is in it is the owner’s alone.`)];
}

const mib = 1_048_576;

/** Room for the database to grow, and for a backup, which needs a copy of it for a moment. */
export function checkDisk(dataDir: string, databaseBytes: number): Finding {
  const { bavail, bsize } = statfsSync(dataDir);
  const freeMib = Math.floor((bavail * bsize) / mib);
  const needMib = Math.max(100, Math.ceil((2 * databaseBytes) / mib));
  if (freeMib < needMib)
    return failed(
      'disk',
      `Only ${freeMib} MiB are free below ${dataDir}; a backup and growth need ${needMib}.`,
      `df -h ${quoted(dataDir)}`,
    );
  if (freeMib < 1024) return warning('disk', `Only ${freeMib} MiB are free below ${dataDir}.`);
  return ok('disk', `${freeMib} MiB are free.`);
}
