import { publicOrigin, publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset, PresetLocation } from './preset';

// Sources: TC = JetBrains/teamcity-documentation (configuring-proxy-server, multinode-setup, monitoring and others; 2024-10, so check names
// of settings against the version at hand); GK = general knowledge.

const webSocket: Omit<PresetLocation, 'match'> = {
  class: 'ws',
  why: 'TeamCity: live updates and agent terminals come over WebSockets',
  // TC: proxy_read_timeout 1200; the class raises it further.
  limits: { readTimeoutSeconds: 3600, sendTimeoutSeconds: 3600 },
};

const ownAuthentication = 'TeamCity: agents, hooks and scripts have their own authentication';

const bypassed: PresetLocation[] = [
  // GK: addresses of the agent protocol beside /app/agents/.
  { kind: 'exact', path: '/RPC2' } as const,
  { kind: 'prefix', path: '/update/' } as const,
  // TC: Basic authentication by address.
  { kind: 'prefix', path: '/httpAuth/' } as const,
  // TC monitoring: answer without sign-in.
  { kind: 'prefix', path: '/healthCheck/' } as const,
  // TC configuring-vcs-post-commit-hooks: with a password or an access token.
  { kind: 'exact', path: '/app/rest/vcs-root-instances/commitHookNotification' } as const,
].map((match) => ({ match, class: 'http', why: ownAuthentication, access: 'bypass-auth' }));

export const teamcity: Preset<'teamcity'> = {
  id: 'teamcity',
  title: 'TeamCity',
  summary: 'JetBrains’ CI server with agents that poll it over http.',
  docsUrl: 'https://www.jetbrains.com/help/teamcity/configuring-proxy-server.html',
  // TC: 8111 of the archive and of the Docker image; Windows installers offer 80.
  upstream: { scheme: 'http', port: 8111 },
  // TC: same context path on both sides; a proxy that changes it would have to change redirects and cookie paths too.
  prefix: { modes: ['none', 'keep'], suggestion: '/teamcity/' },
  limits: {
    // TC: client_max_body_size 0.
    bodySizeMib: {
      value: 0,
      why: 'TeamCity: agents upload artifacts of any size, which TeamCity limits itself',
    },
    // TC: timeout=1200, proxy_read_timeout 1200.
    readTimeoutSeconds: { value: 1200, why: 'TeamCity: its manual waits 1200 s for an answer' },
    sendTimeoutSeconds: { value: 1200, why: 'TeamCity: its manual waits 1200 s for an upload' },
    // TC: 240 s, of which nginx takes no more than 75.
    connectTimeoutSeconds: {
      value: 75,
      why: 'TeamCity: its manual waits 240 s to connect, web servers take 75',
    },
  },
  locations: [
    // TC: three addresses below the context path.
    { match: { kind: 'exact', path: '/app/subscriptions' }, ...webSocket },
    { match: { kind: 'prefix', path: '/app/subscriptions/' }, ...webSocket },
    { match: { kind: 'prefix', path: '/plugins/teamcity-agent-terminal/' }, ...webSocket },
    { match: { kind: 'prefix', path: '/app/agentTerminal/' }, ...webSocket },
    {
      // TC: agents poll the server's address over http(s), one way only; GK: below /app/agents/.
      match: { kind: 'prefix', path: '/app/agents/' },
      class: 'upload',
      why: 'TeamCity: agents poll and upload here, with their own tokens',
      access: 'bypass-auth',
    },
    ...bypassed,
  ],
  suggestions: [
    {
      // TC rest-api-reference: asks for a build in the path, so that the last part is the fixed one.
      match: { kind: 'segments', path: '/app/rest/builds/*/statusIcon' },
      class: 'http',
      why: 'TeamCity: badges are often shown on public pages',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'segments', path: '/app/rest/builds/*/statusIcon.svg' },
      class: 'http',
      why: 'TeamCity: badges are often shown on public pages',
      access: 'bypass-auth',
    },
    {
      // TC guest-user: asks nobody for a password, and shows all projects where guests are allowed (off by default): never by itself.
      match: { kind: 'prefix', path: '/guestAuth/' },
      class: 'http',
      why: 'TeamCity: whatever its guest user may see, for everybody (only where it allows guests)',
      access: 'bypass-auth',
    },
    {
      // TC patterns-for-accessing-build-artifacts.
      match: { kind: 'prefix', path: '/repository/download/' },
      class: 'download',
      why: 'TeamCity: large artifacts must not fill a temporary file of the proxy',
    },
  ],
  upgradeAnywhere: false,
  // TC: big artifacts go to browsers and other builds through the proxy (derived).
  spoolToDisk: { value: false, why: 'TeamCity: big artifacts must not fill a temporary file of the proxy' },
  // TC: paths that begin with a dot (.teamcity/…) or hold a colon (…/id:123) must pass.
  rawUri: {
    value: true,
    why: 'TeamCity: paths with colons, dots and encoded characters must arrive as they were sent',
  },
  // TC: /httpAuth and access tokens; agents.
  authorization: { value: 'keep', why: 'TeamCity: agents and the REST API read Authorization' },
  // TC: Origin, Referer and X-TC-CSRF-Token pass as every header does that nobody names.
  requestHeaders: [],
  guardedHeaders: [
    // TC multinode-setup: the proxy alone may say what kind of proxy it is.
    { name: 'X-TeamCity-Proxy', why: 'TeamCity: decides by this header how its nodes share requests' },
  ],
  // TC: with a secure connector Tomcat marks its cookies itself, so nothing is rewritten.
  cookies: {},
  ports: [
    { port: 8111, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // GK: Tomcat's shutdown port.
    { port: 8105, protocol: 'tcp', purpose: 'shutdown port of Tomcat', exposure: 'close' },
  ],
  // TC monitoring: 200 even while the server starts.
  healthPath: '/healthCheck/healthy',
  checklist: (site) => [
    {
      // TC: or rootURL in main-config.xml.
      title: 'Server URL',
      detail: 'Administration → Global Settings → Server URL. Agents and notifications use it.',
      copy: publicUrl(site).replace(/\/$/, ''),
    },
    {
      // TC: a connector of its own for proxied traffic; secure and scheme are what Tomcat then believes of every request.
      title: 'Tell Tomcat of the proxy',
      detail:
        'conf/server.xml, inside <Host>. Only the proxy may reach this port; internalProxies is its address as TeamCity sees it (127.0.0.1 on the same machine).',
      code: `<Valve className="org.apache.catalina.valves.RemoteIpValve"
  remoteIpHeader="x-forwarded-for" protocolHeader="x-forwarded-proto" portHeader="x-forwarded-port"
  internalProxies="127\\.0\\.0\\.1" />`,
    },
    {
      // TC: Connector in server.xml.
      title: 'Listen on the loopback address only',
      detail: 'conf/server.xml, if TeamCity runs on the machine of the web server.',
      code: `<Connector port="${upstreamPort(site) ?? 8111}" address="127.0.0.1" …`,
    },
    ...(site.prefix.mode === 'keep'
      ? [
          {
            // TC: same context on both sides.
            title: 'Path prefix',
            detail: `TeamCity must live below the same path: rename webapps/ROOT to webapps/${site.prefix.path
              .slice(1, -1)
              .replaceAll('/', '#')} and restart it.`,
          },
        ]
      : []),
    {
      // TC: unidirectional since 2021.2; agents' own port 9090 is then local.
      title: 'Agents',
      detail: 'buildAgent.properties. Agents poll this address; no port needs to be open towards them.',
      code: `serverUrl=${publicOrigin(site)}${site.prefix.mode === 'keep' ? site.prefix.path.slice(0, -1) : ''}`,
    },
    ...((site.upstreams[0]?.servers.length ?? 1) > 1
      ? [
          {
            // TC multinode-setup.
            title: 'Several nodes',
            detail:
              'A TeamCity cluster wants requests spread by the cookie X-TeamCity-Node-Id-Cookie and the header X-TeamCity-Proxy. This site spreads them by its own policy; keep clients on one node with the policy “client-address”, add the header below (its values are in the manual of your version), or give one node here.',
            code: 'X-TeamCity-Proxy: type=…; version=…',
          },
        ]
      : []),
    {
      // TC: no response may be cached.
      title: 'No cache in front',
      detail: 'Nothing between people and TeamCity may cache its answers; this web server does not.',
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/healthCheck/healthy'), statuses: [200] },
    // TC: 503 while the server starts or is maintained.
    { kind: 'page', path: path('/login.html'), statuses: [200, 503], bodyIncludes: 'TeamCity' },
  ],
};
