import 'server-only';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const LastBackup = z.object({
  at: z.iso.datetime(),
  bytes: z.int().min(0),
  withKey: z.boolean(),
  /** Where it was written; earlier versions did not note that. */
  file: z.string().nullable().default(null),
});
export type LastBackup = z.infer<typeof LastBackup>;

/** After so many days a new one is due. */
export const backupDueDays = 7;
const dayMs = 86_400_000;

/** Whole days since a backup was made. */
export const daysSince = ({ at }: LastBackup, now: Date): number =>
  Math.floor((now.getTime() - new Date(at).getTime()) / dayMs);

const fileOf = (dataDir: string) => join(dataDir, 'last-backup.json');

/** Remembers when the last backup was made, for people to see. */
export function noteBackup(dataDir: string, backup: LastBackup): void {
  const next = `${fileOf(dataDir)}.next`;
  writeFileSync(next, `${JSON.stringify(backup)}\n`, { mode: 0o600 });
  renameSync(next, fileOf(dataDir));
}

/** When the last backup was made; `null`: never, as far as is known. */
export function lastBackup(dataDir: string): LastBackup | null {
  try {
    return LastBackup.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
  } catch {
    return null;
  }
}
