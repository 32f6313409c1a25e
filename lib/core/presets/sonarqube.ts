import { publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset, PresetLocation } from './preset';

// Sources: SQ = docs.sonarsource.com (reverse proxy and network security, HTTP header) and SonarSource/sonarqube (sonar.properties,
// ProcessProperties, authentication by headers, UserSessionInitializer, Cookies, ProjectBadgesSupport, CoreProperties);
// GK = general knowledge.

const scanners = 'SonarQube: scanners upload here with their own tokens';

// SQ UserSessionInitializer: open to everybody, or asks for a token like the rest of /api/, which is shared with SonarQube's own pages.
// GK: only scanners and monitors ask here.
const bypassed: PresetLocation[] = [
  { kind: 'prefix', path: '/batch/' } as const,
  { kind: 'prefix', path: '/api/v2/analysis/' } as const,
  { kind: 'exact', path: '/api/server/version' } as const,
  { kind: 'exact', path: '/api/system/status' } as const,
].map((match) => ({ match, class: 'http', why: scanners, access: 'bypass-auth' }));

const ssoHeaders = ['X-Forwarded-Login', 'X-Forwarded-Name', 'X-Forwarded-Email', 'X-Forwarded-Groups'];

export const sonarqube: Preset<'sonarqube'> = {
  id: 'sonarqube',
  title: 'SonarQube',
  summary: 'Code quality and security; scanners upload their reports.',
  docsUrl: 'https://docs.sonarsource.com/sonarqube-server/latest/setup-and-upgrade/operating-the-server/',
  // SQ: sonar.web.port; SonarQube does no TLS.
  upstream: { scheme: 'http', port: 9000 },
  // SQ: sonar.web.context.
  prefix: { modes: ['none', 'keep'], suggestion: '/sonarqube/' },
  limits: {
    // GK: scanner reports of 100 MB to more than 1 GB.
    bodySizeMib: { value: 1024, why: 'SonarQube: reports of large projects reach a gigabyte' },
    // GK: searches and reports of large installations.
    readTimeoutSeconds: { value: 120, why: 'SonarQube: some reports take more than a minute' },
  },
  locations: [
    {
      // GK: taking in a report can take minutes.
      match: { kind: 'exact', path: '/api/ce/submit' },
      class: 'upload',
      why: scanners,
      limits: { readTimeoutSeconds: 900, sendTimeoutSeconds: 900 },
      access: 'bypass-auth',
    },
    {
      // SonarQube for IDE in connected mode: an event stream (reported 2026-11, judgement: the sources were not read).
      match: { kind: 'exact', path: '/api/push/sonarlint_events' },
      class: 'sse',
      why: 'SonarQube: editors in connected mode are told of changes in an event stream',
      access: 'bypass-auth',
    },
    ...bypassed,
  ],
  suggestions: [
    {
      // GK: with Basic, browsers would send the proxy's password on to SonarQube, which refuses it.
      match: { kind: 'prefix', path: '/api/' },
      class: 'http',
      why: 'SonarQube: API clients and scanners have tokens of their own (with a sign-in page in front, not with passwords)',
      access: 'bypass-auth',
    },
    {
      // SQ ProjectBadgesSupport: ?token=, unless projects are open to everybody.
      match: { kind: 'prefix', path: '/api/project_badges/' },
      class: 'http',
      why: 'SonarQube: badges are often shown on public pages, with a token in the query string',
      maskQuery: true,
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // GK: component keys with encoded slashes and colons.
  rawUri: { value: true, why: 'SonarQube: keys of projects and files must arrive as they were sent' },
  // SQ: tokens as bearer, or as the user name of Basic.
  authorization: {
    value: 'keep',
    why: 'SonarQube: scanners and API clients send their tokens in Authorization',
  },
  requestHeaders: [],
  // SQ: the proxy must remove these from what clients send.
  guardedHeaders: ssoHeaders.map((name) => ({
    name,
    why: 'SonarQube: signing in by headers believes this one',
  })),
  userHeader: { name: 'X-Forwarded-Login', why: 'SonarQube: signing in by headers reads X-Forwarded-Login' },
  // SQ Cookies: Secure follows from X-Forwarded-Proto, the path from sonar.web.context.
  cookies: {},
  ports: [
    { port: 9000, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // SQ sonar.properties: must be private.
    { port: 9001, protocol: 'tcp', purpose: 'Elasticsearch, without any sign-in', exposure: 'close' },
    {
      port: 9092,
      protocol: 'tcp',
      purpose: 'embedded H2 database of trial installations',
      exposure: 'close',
    },
    // SQ: sonar.cluster.node.port.
    { port: 9003, protocol: 'tcp', purpose: 'other nodes of a cluster', exposure: 'close' },
  ],
  // SQ UserSessionInitializer: without sign-in.
  healthPath: '/api/system/status',
  checklist: (site) => [
    {
      // SQ CoreProperties: sonar.core.serverBaseURL.
      title: 'Server base URL',
      detail:
        'Administration → Configuration → General → “Server base URL”. Mails, webhooks and comments in pull requests use it.',
      copy: publicUrl(site).replace(/\/$/, ''),
    },
    {
      // SQ.
      title: 'Listen on the loopback address only',
      detail:
        'conf/sonar.properties, if SonarQube runs on the machine of the web server; with Docker publish the port on 127.0.0.1.',
      code: `sonar.web.host=127.0.0.1\nsonar.web.port=${upstreamPort(site) ?? 9000}`,
    },
    ...(site.prefix.mode === 'keep'
      ? [
          {
            // SQ: must start with a slash.
            title: 'Path prefix',
            detail: 'conf/sonar.properties.',
            code: `sonar.web.context=${site.prefix.path.slice(0, -1)}`,
          },
        ]
      : []),
    ...(site.access.userHeader
      ? [
          {
            // SQ.
            title: 'Believe the proxy’s sign-in',
            detail: 'conf/sonar.properties. Nobody may reach SonarQube past the proxy.',
            code: `sonar.web.sso.enable=true\nsonar.web.sso.loginHeader=${site.access.userHeader.name}`,
          },
        ]
      : []),
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // GK.
            title: 'Scanners behind the sign-in',
            detail:
              'Reports and the newer scanner addresses stay free, but scanners ask for settings and rules below /api/ too. Let build machines in by their addresses (any of both is enough), or protect SonarQube by addresses alone.',
          },
        ]),
    {
      // SQ: X-Forwarded-Proto and -For are needed for https and SAML.
      title: 'SAML and OAuth',
      detail:
        'They need https as people see it: this site sends X-Forwarded-Proto, -For and the public name. Callback addresses begin with:',
      copy: `${publicUrl(site)}oauth2/callback/`,
    },
    {
      title: 'Scanners',
      detail: 'They use the public address; artefacts of the build never pass through.',
      code: `sonar.host.url=${publicUrl(site).replace(/\/$/, '')}`,
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/api/system/status'), statuses: [200], bodyIncludes: '"status"' },
    { kind: 'page', path: path('/'), statuses: [200] },
  ],
};
