/**
 * All presets by id, in the order in which they are offered, with the titles that their vendors use. What is known of each is loaded apart
 * (`presets/index.ts`), so that a page that only names them stays small.
 */
export const presetTitles = {
  buildbot: 'Buildbot',
  gocd: 'GoCD',
  jenkins: 'Jenkins',
  pipelit: 'Pipelit',
  'argo-workflows': 'Argo Workflows',
  argocd: 'Argo CD',
  atlantis: 'Atlantis',
  bamboo: 'Bamboo',
  concourse: 'Concourse',
  drone: 'Drone',
  forgejo: 'Forgejo',
  gatehouse: 'Gatehouse',
  gerrit: 'Gerrit',
  gitea: 'Gitea',
  gitlab: 'GitLab',
  grafana: 'Grafana',
  harbor: 'Harbor',
  hydra: 'Hydra',
  laminar: 'Laminar CI',
  nexus: 'Nexus Repository',
  prometheus: 'Prometheus',
  rundeck: 'Rundeck',
  semaphore: 'Semaphore UI',
  sonarqube: 'SonarQube',
  teamcity: 'TeamCity',
  tekton: 'Tekton Dashboard',
  woodpecker: 'Woodpecker',
  zuul: 'Zuul',
  websocket: 'Generic WebSocket app',
  generic: 'Generic HTTP application',
};

export type PresetId = keyof typeof presetTitles;

export const presetIds = Object.keys(presetTitles) as [PresetId, ...PresetId[]];
