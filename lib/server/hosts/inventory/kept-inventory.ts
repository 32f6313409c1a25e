import 'server-only';
import { z } from 'zod';
import { isManagedPath, type ServerInventory } from '#core/inventory/server-inventory';
import { isDoubtful, isLate } from '#core/plan/pending-edits';
import type { EffectiveConfig } from '#server/hosts/helper/host';
import { sha256 } from '../../platform/sha256';

/** What a web server read when its processes were seen first. */
export const LoadedSources = z.object({
  generation: z.string().nullable().default(null),
  /** Digests of the files of others, by the path under which the server reaches them. */
  sources: z.record(z.string(), z.string()).default({}),
});
export type LoadedSources = z.infer<typeof LoadedSources>;

/** An inventory as it is kept: with what tells edits that nobody has loaded yet. */
export type KeptInventory = ServerInventory & LoadedSources;

/** The files of others that a configuration takes in now. */
export function loadedSources({ told, files }: EffectiveConfig): LoadedSources {
  const theirs = files.filter(({ path, real }) => !isManagedPath(path) && !isManagedPath(real));
  return {
    generation: told.generation,
    sources: Object.fromEntries(theirs.map(({ path, text }) => [path, sha256(text)])),
  };
}

/** Those of them that the running processes have read: what is to be kept. The digest is empty where times do not tell. */
export function readSources(config: EffectiveConfig): LoadedSources {
  const { generation, sources } = loadedSources(config);
  const { loadedSecondsAgo } = config.told;
  const read = Object.entries(sources).flatMap(([path, digest]) => {
    const age = config.ages.get(path);
    if (isLate(age, loadedSecondsAgo)) return [];
    return [[path, isDoubtful(age, loadedSecondsAgo) ? '' : digest] as const];
  });
  return { generation, sources: Object.fromEntries(read) };
}

/** Of what is stored; `null` where nothing of it is. */
export function storedSources(document: unknown): LoadedSources | null {
  const { data } = LoadedSources.safeParse(document);
  return data?.generation ? data : null;
}
