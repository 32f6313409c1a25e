import { type PresetId, presetIds } from './ids';
import * as list from './list';
import type { Preset } from './preset';

export { type PresetId, presetIds } from './ids';

/** All presets by id, in the order of `presetIds`. An id without its preset does not compile. */
export const presets = Object.fromEntries(
  presetIds.map((id): [PresetId, Preset] => [id, list[id]]),
) as Readonly<Record<PresetId, Preset>>;
