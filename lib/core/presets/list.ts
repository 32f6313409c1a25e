/**
 * All presets, one line each, in the order in which they are offered. A page that only has to know their names (every answer of the API
 * names one) takes them from here; what is known of the CI servers themselves is loaded apart.
 */
export const presetList = {
  buildbot: async () => (await import('./buildbot')).buildbot,
  gocd: async () => (await import('./gocd')).gocd,
  jenkins: async () => (await import('./jenkins')).jenkins,
  pipelit: async () => (await import('./pipelit')).pipelit,
  'argo-workflows': async () => (await import('./argo-workflows')).argoWorkflows,
  argocd: async () => (await import('./argocd')).argocd,
  atlantis: async () => (await import('./atlantis')).atlantis,
  bamboo: async () => (await import('./bamboo')).bamboo,
  concourse: async () => (await import('./concourse')).concourse,
  drone: async () => (await import('./drone')).drone,
  forgejo: async () => (await import('./forgejo')).forgejo,
  gatehouse: async () => (await import('./gatehouse')).gatehouse,
  gerrit: async () => (await import('./gerrit')).gerrit,
  gitea: async () => (await import('./gitea')).gitea,
  gitlab: async () => (await import('./gitlab')).gitlab,
  grafana: async () => (await import('./grafana')).grafana,
  harbor: async () => (await import('./harbor')).harbor,
  hydra: async () => (await import('./hydra')).hydra,
  laminar: async () => (await import('./laminar')).laminar,
  nexus: async () => (await import('./nexus')).nexus,
  prometheus: async () => (await import('./prometheus')).prometheus,
  rundeck: async () => (await import('./rundeck')).rundeck,
  semaphore: async () => (await import('./semaphore')).semaphore,
  sonarqube: async () => (await import('./sonarqube')).sonarqube,
  teamcity: async () => (await import('./teamcity')).teamcity,
  tekton: async () => (await import('./tekton')).tekton,
  woodpecker: async () => (await import('./woodpecker')).woodpecker,
  zuul: async () => (await import('./zuul')).zuul,
  websocket: async () => (await import('./websocket')).websocket,
  generic: async () => (await import('./generic')).generic,
};

export type PresetId = keyof typeof presetList;

export const presetIds = Object.keys(presetList) as [PresetId, ...PresetId[]];
