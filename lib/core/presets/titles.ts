import type { PresetId } from './list';

/**
 * Names of the CI servers as their makers write them. They are repeated here (a test compares them) because lists show them, and should not have to load
 * all that is known of every CI server for it.
 */
export const presetTitles: Readonly<Record<PresetId, string>> = {
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
