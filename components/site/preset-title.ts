import { type PresetId, presets } from '#core/presets/index';

/** The CI server's name as its makers write it. */
export function presetTitle(id: PresetId): string {
  return presets[id].title;
}
