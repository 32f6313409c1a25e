import { portSuffix, publicAddress, publicUrl } from '../site/public-url';
import type { Site } from '../site/schema';
import { upstreamPort } from '../site/upstream-port';
import type { ChecklistItem, Preset } from './preset';

// Sources: NX = help.sonatype.com (run behind a reverse proxy, Docker reverse proxy strategies, Docker subdomain connector) and
// sonatype/nexus-public (StatusResource, NexusRequestCustomizer, JwtHelper, NexusWebSessionManager); GK = general knowledge.

// GK: values; NX's samples wait 120 s and more.
const large = { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 };

export const nexus: Preset<'nexus'> = {
  id: 'nexus',
  title: 'Nexus Repository',
  summary: 'Repositories of packages and container images, some with names of their own.',
  docsUrl: 'https://help.sonatype.com/en/run-behind-a-reverse-proxy.html',
  // NX: application-port.
  upstream: { scheme: 'http', port: 8081 },
  // NX: nexus-context-path; the path must be the same on both sides.
  prefix: { modes: ['none', 'keep'], suggestion: '/nexus/' },
  limits: {
    bodySizeMib: { value: 0, why: 'Nexus: packages and image layers have no size limit' },
    readTimeoutSeconds: { value: 120, why: 'Nexus: proxied repositories are fetched while the client waits' },
    sendTimeoutSeconds: { value: 120, why: 'Nexus: uploads of packages can stall' },
  },
  locations: [
    {
      // NX: every format but Docker; clients bring Basic or tokens.
      match: { kind: 'prefix', path: '/repository/' },
      class: 'upload',
      why: 'Nexus: package clients upload and download here, with their own passwords',
      limits: large,
      access: 'bypass-auth',
    },
    {
      // NX NexusRequestCustomizer: Docker clients always ask for /v2/ at the root of a name.
      match: { kind: 'prefix', path: '/v2/' },
      class: 'upload',
      why: 'Nexus: Docker clients push and pull here, with their own passwords',
      limits: large,
      access: 'bypass-auth',
    },
    {
      // GK: uploads by REST and by its own page.
      match: { kind: 'exact', path: '/service/rest/v1/components' },
      class: 'upload',
      why: 'Nexus: packages are uploaded by REST too',
      limits: large,
    },
    // NX StatusResource: answer without sign-in; /check beside them does not.
    {
      match: { kind: 'exact', path: '/service/rest/v1/status' },
      class: 'http',
      why: 'Nexus: health check',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'exact', path: '/service/rest/v1/status/writable' },
      class: 'http',
      why: 'Nexus: health check',
      access: 'bypass-auth',
    },
  ],
  extraHosts: [
    {
      // NX: a host name per Docker repository, mapped to /repository/<name>; or the subdomain connector of Nexus Pro without a prefix.
      purpose: 'docker',
      prefix: { mode: 'add', path: '/repository/docker/' },
      class: 'upload',
      limits: large,
      access: 'bypass-auth',
      why: 'Nexus: each Docker repository needs a name of its own; the prefix /repository/<name of the repository>/ leads there',
    },
  ],
  upgradeAnywhere: false,
  // GK: layers and archives of any size.
  spoolToDisk: { value: false, why: 'Nexus: big packages must not fill a temporary file of the proxy' },
  // GK: npm asks for @scope%2Fname; NX's Apache sample has AllowEncodedSlashes NoDecode.
  rawUri: { value: true, why: 'Nexus: npm asks for packages with an encoded slash (@scope%2Fname)' },
  authorization: { value: 'keep', why: 'Nexus: package clients sign in with Authorization' },
  requestHeaders: [],
  // NX: X-Forwarded-Server is read where X-Forwarded-Host is missing.
  guardedHeaders: [
    { name: 'X-Forwarded-Server', why: 'Nexus: Jetty may take its own name from this header' },
  ],
  // GK: the name of the header is free; this one is the usual example.
  userHeader: {
    name: 'X-Remote-User',
    why: 'Nexus: the Rut Auth capability reads the name from this header',
  },
  // NX NexusWebSessionManager, JwtHelper: Secure where the request came by https, which X-Forwarded-Proto says.
  cookies: {},
  ports: [
    { port: 8081, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // NX: connectors per repository, not needed with names of their own.
    {
      port: 8082,
      protocol: 'tcp',
      purpose: 'usual first connector of a Docker repository',
      exposure: 'close',
    },
    {
      port: 8083,
      protocol: 'tcp',
      purpose: 'usual second connector of a Docker repository',
      exposure: 'close',
    },
  ],
  healthPath: '/service/rest/v1/status',
  checklist: (site) => [
    {
      // NX: application-host is 0.0.0.0 by default.
      title: 'Listen on the loopback address only',
      detail:
        'etc/nexus.properties in the data directory, if Nexus runs on the machine of the web server; with Docker publish the port on 127.0.0.1: Docker’s ports pass by ufw.',
      code: `application-host=127.0.0.1\napplication-port=${upstreamPort(site) ?? 8081}`,
    },
    ...(site.prefix.mode === 'keep'
      ? [
          {
            // NX: signing in by headers needs the same path on both sides.
            title: 'Path prefix',
            detail: 'etc/nexus.properties in the data directory.',
            code: `nexus-context-path=${site.prefix.path.slice(0, -1)}`,
          },
        ]
      : []),
    {
      // NX: used where no request can tell, such as in mails.
      title: 'Base URL',
      detail: 'Administration → System → Capabilities → “Base URL”.',
      copy: publicUrl(site).replace(/\/$/, ''),
    },
    ...docker(site),
    ...(site.access.userHeader
      ? [
          {
            // GK.
            title: 'Believe the proxy’s sign-in',
            detail:
              'Capability “Rut Auth” with this header, and the Rut Auth realm among the active ones. Nobody may reach Nexus past the proxy.',
            copy: site.access.userHeader.name,
          },
        ]
      : []),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/service/rest/v1/status'), statuses: [200] },
    { kind: 'page', path: path('/'), statuses: [200] },
  ],
};

/** Docker clients know host names only; NX maps each to a repository. */
function docker(site: Site): readonly ChecklistItem[] {
  const names = site.extraHosts.flatMap(({ prefix, hostnames }) =>
    prefix.mode === 'add' && prefix.path.startsWith('/repository/')
      ? [{ host: hostnames[0] ?? '', repository: prefix.path.slice('/repository/'.length, -1) }]
      : [],
  );
  const direct = site.extraHosts.filter(({ prefix }) => prefix.mode === 'none');
  return [
    ...names.map(({ host, repository }) => ({
      title: `Docker repository “${repository}”`,
      detail:
        'Leave its connectors empty: the proxy leads to it. Activate the realm “Docker Bearer Token” (Security → Realms).',
      code: `docker login ${host}${portSuffix(publicAddress(site))}`,
    })),
    ...(direct.length > 0
      ? [
          {
            // NX: Pro, since 3.40.
            title: 'Docker by subdomain',
            detail: `Nexus Pro since 3.40: in the repository “Allow Subdomain Routing” with the first label of its name (${direct.map(({ hostnames }) => hostnames[0]?.split('.', 1)[0]).join(', ')}). Other editions need prefix mode “add” with /repository/<name>/.`,
          },
        ]
      : []),
    ...(site.extraHosts.length === 0
      ? [
          {
            // NX: more than 20 connectors make Nexus slow.
            title: 'Docker repositories',
            detail:
              'A Docker client cannot use a path. Give each repository an extra host here with prefix mode “add” and /repository/<name of the repository>/ instead of a connector port.',
          },
        ]
      : []),
  ];
}
