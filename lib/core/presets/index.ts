import { type PresetId, presetIds } from '../site/preset-titles';
import type { Preset } from './preset';

export { type PresetId, presetIds } from '../site/preset-titles';

/** What is known of each CI server, a module of its own each. */
const load: Readonly<Record<PresetId, () => Promise<Preset>>> = {
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

/** All presets by id, in the order of `presetIds`. */
export const presets = Object.fromEntries(
  await Promise.all(presetIds.map(async (id) => [id, await load[id]()] as const)),
) as Readonly<Record<PresetId, Preset>>;
