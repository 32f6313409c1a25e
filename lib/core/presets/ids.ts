/**
 * Ids of all presets, in the order in which they are offered. They stand apart from the presets, so that a page which only
 * has to know them (every answer of the API names one) does not load all that is known about every CI server.
 */
export const presetIds = ['buildbot', 'gocd', 'jenkins', 'pipelit', 'generic'] as const;

export type PresetId = (typeof presetIds)[number];
