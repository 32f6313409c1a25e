/**
 * All presets, one line each, in the order in which they are offered. A page that only has to know their names (every answer of the API
 * names one) takes them from here; what is known of the CI servers themselves is loaded apart.
 */
export const presetList = {
  buildbot: async () => (await import('./buildbot')).buildbot,
  gocd: async () => (await import('./gocd')).gocd,
  jenkins: async () => (await import('./jenkins')).jenkins,
  pipelit: async () => (await import('./pipelit')).pipelit,
  generic: async () => (await import('./generic')).generic,
};

export type PresetId = keyof typeof presetList;

export const presetIds = Object.keys(presetList) as [PresetId, ...PresetId[]];
