import { publicUrl } from '../site/public-url';
import type { Site } from '../site/schema';
import { upstreamPort } from '../site/upstream-port';
import { isOlder } from './app-version';
import type { ChecklistItem, Preset } from './preset';

// Sources: RD = rundeck/docs (reverse proxies, ssl, authentication, configuration reference, load balancer health checks, webhooks);
// RDsrc = rundeck/rundeck (docker/official/remco, UrlMappings.groovy, application.groovy, application.yml); GK = general knowledge.

const uploadMib = 100;

export const rundeck: Preset<'rundeck'> = {
  id: 'rundeck',
  title: 'Rundeck',
  summary: 'Runbook automation: jobs, webhooks and an API with tokens.',
  docsUrl: 'https://docs.rundeck.com/docs/administration/security/ssl.html',
  // RD: 4443 when Rundeck does TLS itself.
  upstream: { scheme: 'http', port: 4440 },
  // RD: server.servlet.context-path.
  prefix: { modes: ['none', 'keep'], suggestion: '/rundeck/' },
  limits: {
    // RD: must fit the application's own limit; the value is a choice, named in the checklist.
    bodySizeMib: {
      value: uploadMib,
      why: 'Rundeck: file options and project archives; its own limit must be the same',
    },
  },
  locations: [
    {
      // RD: /api/<version>/webhook/<token>, some with an Authorization string of their own.
      match: { kind: 'segments', path: '/api/*/webhook/*' },
      class: 'http',
      why: 'Rundeck: webhooks carry their token in the path',
      access: 'bypass-auth',
    },
    {
      // RD: ?authtoken= beside the header X-Rundeck-Auth-Token.
      match: { kind: 'prefix', path: '/api/' },
      class: 'http',
      why: 'Rundeck: API clients may send their token in the query string',
      maskQuery: true,
    },
    {
      // RD: without sign-in since 3.3.4.
      match: { kind: 'exact', path: '/health' },
      class: 'http',
      why: 'Rundeck: health check',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // RD: API tokens. Its own pages call the API too, so this does not fit a sign-in that hands names on.
      match: { kind: 'prefix', path: '/api/' },
      class: 'http',
      why: 'Rundeck: API clients bring tokens of their own (not together with names taken from the proxy)',
      access: 'bypass-auth',
      maskQuery: true,
    },
  ],
  upgradeAnywhere: false,
  // RDsrc UrlMappings.groovy: no route carries encoded slashes.
  rawUri: { value: false, why: 'Rundeck: no path needs encoded characters kept' },
  // RD: webhooks with an Authorization string.
  authorization: { value: 'keep', why: 'Rundeck: webhooks can be protected by an Authorization string' },
  requestHeaders: [],
  guardedHeaders: [
    // RD: preauthenticated mode believes these from anybody.
    { name: 'X-Forwarded-Uuid', why: 'Rundeck: preauthenticated mode believes this header' },
    { name: 'X-Forwarded-Roles', why: 'Rundeck: preauthenticated mode believes this header' },
    // RD: read by Jetty where X-Forwarded-Host is missing.
    { name: 'X-Forwarded-Server', why: 'Rundeck: Jetty may take its own name from this header' },
  ],
  userHeader: {
    name: 'X-Forwarded-Uuid',
    why: 'Rundeck: preauthenticated mode reads the name from X-Forwarded-Uuid',
  },
  cookies: {
    // RDsrc application.yml: HttpOnly and SameSite, but no Secure; GK: JSESSIONID gets that only where Jetty believes in https.
    secure: { value: true, why: 'Rundeck: its session cookie follows what Jetty sees, which is plain http' },
  },
  ports: [
    { port: 4440, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    { port: 4443, protocol: 'tcp', purpose: 'web interface with Rundeck’s own TLS', exposure: 'close' },
  ],
  // RD: open to everybody since 3.3.4, can be switched off.
  healthPath: '/health',
  checklist: (site) => [
    {
      // RD.
      title: 'Public address',
      detail: 'rundeck-config.properties; with Docker RUNDECK_GRAILS_URL.',
      code: `grails.serverURL=${address(site)}`,
    },
    {
      // RD.
      title: 'Address for jobs and the command line',
      detail: 'framework.properties.',
      code: `framework.server.url=${address(site)}`,
    },
    {
      // RD: off by default.
      title: 'Believe the proxy’s headers',
      detail:
        'rundeck-config.properties; with Docker RUNDECK_SERVER_FORWARDED=true. Without it redirects go to plain http.',
      code: 'server.useForwardHeaders=true',
    },
    {
      // RD configuration reference: server.address.
      title: 'Listen on the loopback address only',
      detail: 'rundeck-config.properties, if Rundeck runs on the machine of the web server.',
      code: `server.address=127.0.0.1\nserver.port=${upstreamPort(site) ?? 4440}`,
    },
    ...(site.prefix.mode === 'keep'
      ? [
          {
            // RD: old name server.web.context; RDsrc rundeck-config.properties: server.contextPath from 3.0 to 3.2, the present one since 3.3.
            title: 'Path prefix',
            detail: 'rundeck-config.properties; with Docker RUNDECK_SERVER_CONTEXTPATH.',
            code: `${contextPathKey(site.appVersion)}=${site.prefix.path.slice(0, -1)}`,
          },
        ]
      : []),
    ...(site.hostnames.length > 1
      ? [
          {
            // RD: the host of serverURL is always allowed.
            title: 'Further names',
            detail: 'rundeck-config.properties. Rundeck refuses names that it does not know.',
            code: `rundeck.multiURL.enabled=true\nrundeck.security.httpFirewall.allowedHostnames=${site.hostnames.join(',')}`,
          },
        ]
      : []),
    {
      // RD: must match the proxy's limit.
      title: 'Largest upload',
      detail: 'With Docker; the same number as the limit of this site, in bytes.',
      code: `RUNDECK_GRAILS_UPLOAD_MAXSIZE=${(site.limits.bodySizeMib ?? uploadMib) * 1024 * 1024}`,
    },
    ...preauthenticated(site),
    ...((site.upstreams[0]?.servers.length ?? 1) > 1
      ? [
          {
            // RD: sticky sessions.
            title: 'Several nodes',
            detail:
              'A person must stay with one node of the cluster: choose the policy “client-address” or “cookie” of the upstream.',
          },
        ]
      : []),
    ...(site.hsts
      ? [
          {
            // RD.
            title: 'One sender of HSTS',
            detail:
              'The web server sends Strict-Transport-Security; leave rundeck.web.jetty.servlet.stsMaxAgeSeconds unset.',
          },
        ]
      : []),
  ],
  probes: (path) => [
    // RDsrc application.groovy: open to everybody; GK: redirected where the proxy's sign-in is believed. /health can be switched off, so
    // that it proves nothing here.
    { kind: 'page', path: path('/user/login'), statuses: [200, 302] },
  ],
};

function contextPathKey(version: string | undefined): string {
  if (isOlder(version, '3.0')) return 'server.web.context';
  return isOlder(version, '3.3') ? 'server.contextPath' : 'server.servlet.context-path';
}

const address = (site: Site) => publicUrl(site).replace(/\/$/, '');

/** RD authentication: names and roles taken from headers. */
function preauthenticated({ access }: Site): readonly ChecklistItem[] {
  const copied = access.auth.mode === 'forward' ? access.auth.copyHeaders : [];
  const user = access.userHeader?.name ?? copied[0];
  if (user === undefined) return [];
  const roles = copied.find((name) => name !== user) ?? 'X-Forwarded-Roles';
  const key = 'rundeck.security.authorization.preauthenticated';
  return [
    {
      title: 'Believe the proxy’s sign-in',
      detail: `rundeck-config.properties. A person without a role may do nothing: ${roles} must name at least one, from your sign-in service or a header rule of this site. Nobody may reach Rundeck past the proxy.`,
      code: `${key}.enabled=true\n${key}.attributeName=REMOTE_USER_GROUPS\n${key}.delimiter=,\n${key}.userNameHeader=${user}\n${key}.userRolesHeader=${roles}`,
    },
  ];
}
