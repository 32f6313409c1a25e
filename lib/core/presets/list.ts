const named = <Load>(title: string, load: Load) => ({ title, load });

/**
 * All presets, one line each, in the order in which they are offered. A page that only has to name them takes ids and titles (as the makers of the CI
 * servers write them) from here; what is known of the CI servers themselves is loaded apart.
 */
export const presetList = {
  buildbot: named('Buildbot', async () => (await import('./buildbot')).buildbot),
  gocd: named('GoCD', async () => (await import('./gocd')).gocd),
  jenkins: named('Jenkins', async () => (await import('./jenkins')).jenkins),
  pipelit: named('Pipelit', async () => (await import('./pipelit')).pipelit),
  'argo-workflows': named('Argo Workflows', async () => (await import('./argo-workflows')).argoWorkflows),
  argocd: named('Argo CD', async () => (await import('./argocd')).argocd),
  atlantis: named('Atlantis', async () => (await import('./atlantis')).atlantis),
  bamboo: named('Bamboo', async () => (await import('./bamboo')).bamboo),
  concourse: named('Concourse', async () => (await import('./concourse')).concourse),
  drone: named('Drone', async () => (await import('./drone')).drone),
  forgejo: named('Forgejo', async () => (await import('./forgejo')).forgejo),
  gatehouse: named('Gatehouse', async () => (await import('./gatehouse')).gatehouse),
  gerrit: named('Gerrit', async () => (await import('./gerrit')).gerrit),
  gitea: named('Gitea', async () => (await import('./gitea')).gitea),
  gitlab: named('GitLab', async () => (await import('./gitlab')).gitlab),
  grafana: named('Grafana', async () => (await import('./grafana')).grafana),
  harbor: named('Harbor', async () => (await import('./harbor')).harbor),
  hydra: named('Hydra', async () => (await import('./hydra')).hydra),
  laminar: named('Laminar CI', async () => (await import('./laminar')).laminar),
  nexus: named('Nexus Repository', async () => (await import('./nexus')).nexus),
  prometheus: named('Prometheus', async () => (await import('./prometheus')).prometheus),
  rundeck: named('Rundeck', async () => (await import('./rundeck')).rundeck),
  semaphore: named('Semaphore UI', async () => (await import('./semaphore')).semaphore),
  sonarqube: named('SonarQube', async () => (await import('./sonarqube')).sonarqube),
  teamcity: named('TeamCity', async () => (await import('./teamcity')).teamcity),
  tekton: named('Tekton Dashboard', async () => (await import('./tekton')).tekton),
  woodpecker: named('Woodpecker', async () => (await import('./woodpecker')).woodpecker),
  zuul: named('Zuul', async () => (await import('./zuul')).zuul),
  websocket: named('Generic WebSocket app', async () => (await import('./websocket')).websocket),
  generic: named('Generic HTTP application', async () => (await import('./generic')).generic),
};

export type PresetId = keyof typeof presetList;

export const presetIds = Object.keys(presetList) as [PresetId, ...PresetId[]];

export const presetTitles = Object.fromEntries(presetIds.map((id) => [id, presetList[id].title])) as Readonly<
  Record<PresetId, string>
>;
