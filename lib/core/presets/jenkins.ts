import { publicUrl } from '../site/public-url';
import type { Preset, PresetLocation } from './preset';

// Sources: JK = jenkins-infra/jenkins.io (reverse-proxy-configuration-with-jenkins, security/services); JKsrc = jenkinsci/jenkins
// source; JP = source of its plug-ins (jenkinsci/github-plugin, git-plugin, generic-webhook-trigger-plugin, bitbucket-plugin,
// embeddable-build-status-plugin, reverse-proxy-auth-plugin); PKG = jenkinsci/packaging; T = tried with a raw backend.

const ownAuthentication = 'Jenkins: agents, the CLI and hooks authenticate themselves here';

const bypassed: PresetLocation[] = [
  // JKsrc: UnprotectedRootAction.
  { kind: 'prefix', path: '/tcpSlaveAgentListener/' } as const,
  { kind: 'prefix', path: '/jnlpJars/' } as const,
  { kind: 'segments', path: '/computer/*/jenkins-agent.jnlp' } as const,
  { kind: 'prefix', path: '/health/' } as const,
  // JP: UnprotectedRootAction of each plug-in, with signatures (GitHubWebHook.java, BitbucketHookReceiver.java) or tokens of their own.
  { kind: 'prefix', path: '/github-webhook/' } as const,
  { kind: 'prefix', path: '/bitbucket-hook/' } as const,
].map((match) => ({ match, class: 'http', why: ownAuthentication, access: 'bypass-auth' }));

// JP GitStatus.java, GenericWebHookRequestReceiver.java: ?token=.
const tokens: PresetLocation[] = [
  { kind: 'exact', path: '/git/notifyCommit' } as const,
  { kind: 'prefix', path: '/generic-webhook-trigger/' } as const,
].map((match) => ({
  match,
  class: 'http',
  why: 'Jenkins: hooks of its plug-ins carry their token in the query string',
  maskQuery: true,
  access: 'bypass-auth',
}));

export const jenkins: Preset<'jenkins'> = {
  id: 'jenkins',
  title: 'Jenkins',
  summary: 'The automation server: controller, WebSocket agents, CLI and webhooks.',
  docsUrl: 'https://www.jenkins.io/doc/book/system-administration/reverse-proxy-configuration-with-jenkins/',
  // JK.
  upstream: { scheme: 'http', port: 8080 },
  // JK: same context path on both sides; changing it in the proxy is not supported.
  prefix: { modes: ['none', 'keep'], suggestion: '/jenkins/' },
  limits: {
    // JK's sample has 10m, which plug-in uploads and file parameters exceed (derived).
    bodySizeMib: { value: 1024, why: 'Jenkins: plug-in uploads, file parameters and artifacts' },
    // JK.
    readTimeoutSeconds: { value: 90, why: 'Jenkins: its manual waits 90 s' },
    sendTimeoutSeconds: { value: 90, why: 'Jenkins: its manual waits 90 s' },
  },
  locations: [
    {
      // JKsrc: inbound agents; ping every 30 s.
      match: { kind: 'prefix', path: '/wsagents/' },
      class: 'ws',
      why: 'Jenkins: inbound agents connect over a WebSocket, with their own secret',
      access: 'bypass-auth',
    },
    {
      // JKsrc.
      match: { kind: 'exact', path: '/cli/ws' },
      class: 'ws',
      why: 'Jenkins: the CLI connects over a WebSocket, with its own token',
      access: 'bypass-auth',
    },
    {
      // JK: full-duplex http, both directions unbuffered; impossible through Apache (JENKINS-47279).
      match: { kind: 'exact', path: '/cli' },
      class: 'upload',
      why: 'Jenkins: the CLI over http streams in both directions at once',
      responseBuffering: false,
      requestBuffering: false,
      limits: { bodySizeMib: 0, readTimeoutSeconds: 3600, sendTimeoutSeconds: 3600 },
      access: 'bypass-auth',
    },
    ...bypassed,
    ...tokens,
  ],
  suggestions: [
    {
      // JP PublicBuildStatusAction.java: answers anyone with the permission ViewStatus.
      match: { kind: 'prefix', path: '/buildStatus/' },
      class: 'http',
      why: 'Jenkins: badges are often shown on public pages',
      access: 'bypass-auth',
    },
  ],
  extraHosts: [
    {
      // JKsrc ResourceDomainRootAction, JK: a second name for what jobs produced; its addresses are secrets that expire.
      purpose: 'resources',
      class: 'http',
      access: 'bypass-auth',
      why: 'Jenkins: a Resource Root URL of its own keeps reports of jobs apart from Jenkins’ cookies',
    },
  ],
  upgradeAnywhere: false,
  // JK: proxy_max_temp_file_size 0.
  spoolToDisk: { value: false, why: 'Jenkins: big artifacts must not fill a temporary file of the proxy' },
  // JK: branch names such as feature%2Fx, Blue Ocean.
  rawUri: { value: true, why: 'Jenkins: job and branch names carry encoded slashes' },
  authorization: { value: 'keep', why: 'Jenkins: API tokens travel in Authorization' },
  requestHeaders: [],
  // JKsrc: Jetty reads RFC 7239 Forwarded; JP reverse-proxy-auth README: four headers, which its sample takes from every request first.
  guardedHeaders: [
    { name: 'Forwarded', why: 'Jenkins: Jetty believes this header from anybody' },
    { name: 'X-Forwarded-User', why: 'Jenkins: the Reverse Proxy Auth plug-in believes this header' },
    { name: 'X-Forwarded-Groups', why: 'Jenkins: the Reverse Proxy Auth plug-in believes this header' },
    { name: 'X-Forwarded-Mail', why: 'Jenkins: the Reverse Proxy Auth plug-in believes this header' },
    { name: 'X-Forwarded-DisplayName', why: 'Jenkins: the Reverse Proxy Auth plug-in believes this header' },
  ],
  userHeader: {
    name: 'X-Forwarded-User',
    why: 'Jenkins: the Reverse Proxy Auth plug-in reads X-Forwarded-User',
  },
  cookies: {},
  ports: [
    { port: 8080, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // JK services: binary protocol, disabled or random outside of Docker images.
    { port: 50_000, protocol: 'tcp', purpose: 'inbound TCP agents', exposure: 'agents' },
  ],
  // JKsrc SecurityRealm.java: anonymous and always there (/health/ in current cores only).
  healthPath: '/login',
  checklist: (site) => [
    {
      // JK: https and trailing slash.
      title: 'Jenkins URL',
      detail: 'Manage Jenkins → System → Jenkins Location. The trailing slash belongs to it.',
      copy: publicUrl(site),
    },
    {
      // JK: mandatory, or the proxy's restrictions are bypassed; PKG systemd/jenkins.service: the variable of Linux packages.
      title: 'Listen on the loopback address only',
      detail:
        'systemctl edit jenkins, if Jenkins runs on the machine of the web server; with java -jar use --httpListenAddress=127.0.0.1.',
      code: '[Service]\nEnvironment="JENKINS_LISTEN_ADDRESS=127.0.0.1"',
    },
    ...(site.prefix.mode === 'keep'
      ? [
          {
            // JK: same context on both sides; PKG systemd/jenkins.service.
            title: 'Path prefix',
            detail: 'Jenkins must know the same path; with java -jar use --prefix.',
            code: `[Service]\nEnvironment="JENKINS_PREFIX=${site.prefix.path.replace(/\/$/, '')}"`,
          },
        ]
      : []),
    ...(site.access.userHeader
      ? [
          {
            // JP ReverseProxySecurityRealm, Messages.properties.
            title: 'Believe the proxy’s sign-in',
            detail:
              'Plug-in “Reverse Proxy Auth”, security realm “HTTP Header by reverse proxy”, header name:',
            copy: site.access.userHeader.name,
          },
        ]
      : []),
    {
      // JKsrc, JK.
      title: 'Agents',
      detail:
        'WebSocket agents use the public address (option -webSocket). TCP agents connect straight to their port; it never goes through the proxy.',
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/login'), statuses: [200], bodyIncludes: 'Jenkins' },
    // JKsrc: the self-test of ReverseProxySetupMonitor is behind sign-in; tcpSlaveAgentListener is anonymous.
    { kind: 'page', path: path('/tcpSlaveAgentListener/'), statuses: [200, 404] },
  ],
};
