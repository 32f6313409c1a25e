import * as list from './list';
import type { Preset } from './preset';

export type PresetId = (typeof list)[keyof typeof list]['id'];

/** All presets by id, in the order of their titles with the generic one last. */
export const presets = Object.fromEntries(
  Object.values<Preset>(list)
    .sort((a, b) => Number(a.id === 'generic') - Number(b.id === 'generic') || (a.title < b.title ? -1 : 1))
    .map((preset) => [preset.id, preset]),
) as Readonly<Record<PresetId, Preset>>;

export const presetIds = Object.keys(presets) as PresetId[];
