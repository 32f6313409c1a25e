import { type PresetId, presetIds, presetList } from './list';
import type { Preset } from './preset';

export { type PresetId, presetIds } from './list';

/** All presets by id, in the order of `presetIds`. */
export const presets = Object.fromEntries(
  await Promise.all(presetIds.map(async (id) => [id, await presetList[id].load()] as const)),
) as Readonly<Record<PresetId, Preset>>;
