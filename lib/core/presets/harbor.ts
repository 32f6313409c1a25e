import { publicOrigin } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import { isOlder } from './app-version';
import type { Preset } from './preset';

// Sources: HB = goharbor/website and goharbor/harbor (make/photon/prepare/templates/nginx and docker_compose, api/v2.0/swagger.yaml,
// src/core/main.go, pull request 14308); GK = general knowledge.

// HB nginx template: 900 s for /v2/, no limit of bodies, nothing buffered.
const layers = { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 };

export const harbor: Preset<'harbor'> = {
  id: 'harbor',
  title: 'Harbor',
  summary: 'Container registry behind its own nginx, with large uploads.',
  docsUrl: 'https://goharbor.io/docs/main/install-config/troubleshoot-installation/',
  // HB: http.port of harbor.yml is 80, which belongs to this web server; the checklist names the one chosen here.
  upstream: { scheme: 'http', port: 8080 },
  // HB src/portal/src/index.html: the portal is built for the root.
  prefix: { modes: ['none'] },
  limits: {
    bodySizeMib: { value: 0, why: 'Harbor: image layers have no size limit' },
    // HB: 900 s for the registry; the portal's scans and replications answer sooner.
    readTimeoutSeconds: { value: 300, why: 'Harbor: its own nginx waits for scans and replications' },
    sendTimeoutSeconds: { value: 300, why: 'Harbor: uploads can stall' },
  },
  locations: [
    {
      // HB.
      match: { kind: 'prefix', path: '/v2/' },
      class: 'upload',
      why: 'Harbor: Docker clients push and pull layers here, with their own tokens',
      limits: layers,
      responseBuffering: false,
      access: 'bypass-auth',
    },
    {
      // HB: the token service; its address is built from external_url. Harbor's nginx shuts /service/notifications itself.
      match: { kind: 'prefix', path: '/service/' },
      class: 'http',
      why: 'Harbor: Docker clients fetch their tokens here with their own passwords',
      access: 'bypass-auth',
    },
    {
      // HB: charts of versions before 2.8.
      match: { kind: 'prefix', path: '/chartrepo/' },
      class: 'upload',
      why: 'Harbor: Helm clients of older versions upload here, with their own passwords',
      limits: layers,
      access: 'bypass-auth',
    },
    // HB swagger.yaml: answer without sign-in.
    {
      match: { kind: 'exact', path: '/api/v2.0/ping' },
      class: 'http',
      why: 'Harbor: health check',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'exact', path: '/api/v2.0/health' },
      class: 'http',
      why: 'Harbor: health check',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // GK: robots with Basic; browsers would send the proxy's password on to Harbor.
      match: { kind: 'prefix', path: '/api/' },
      class: 'http',
      why: 'Harbor: API clients have passwords of their own (with a sign-in page in front, not with passwords)',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // HB nginx template: buffering off; layers come back through the proxy unless storage redirects.
  spoolToDisk: { value: false, why: 'Harbor: big layers must not fill a temporary file of the proxy' },
  // HB swagger.yaml: the API wants repository names with slashes encoded twice (library%252Fapp); GK: which Apache would undo once.
  rawUri: {
    value: true,
    why: 'Harbor: the API names repositories with slashes that are encoded twice (%252F)',
  },
  authorization: {
    value: 'keep',
    why: 'Harbor: Docker clients, robots and the API sign in with Authorization',
  },
  requestHeaders: [],
  // HB nginx template: X-Forwarded-Proto is believed, and this proxy sets it on every request.
  guardedHeaders: [],
  cookies: {
    // HB main.go, nginx.https.conf.jinja: the session cookie gets Secure from Harbor's own nginx, and only where that one does TLS. The
    // CSRF cookie follows external_url.
    secure: { value: true, why: 'Harbor: marks its session cookie Secure only where it does TLS itself' },
  },
  ports: [
    { port: 8080, protocol: 'tcp', purpose: 'Harbor’s own nginx without TLS', exposure: 'close' },
    { port: 443, protocol: 'tcp', purpose: 'Harbor’s own nginx with TLS, if left on', exposure: 'close' },
    // HB nginx template: /metrics, without sign-in.
    { port: 9090, protocol: 'tcp', purpose: 'metrics, if switched on', exposure: 'close' },
  ],
  // HB swagger.yaml.
  healthPath: '/api/v2.0/ping',
  checklist: (site) => [
    {
      // HB: overrides hostname; the token service's address is built from it.
      title: 'Public address',
      detail:
        'harbor.yml. With another scheme or name Docker clients are sent to the wrong token service and cannot sign in.',
      code: `external_url: ${publicOrigin(site)}`,
    },
    {
      // HB: port 80 redirects to https as long as https is set up.
      title: 'Leave TLS to this web server',
      detail:
        'harbor.yml: comment out the whole section “https”, or Harbor redirects every request to its own port 443.',
      code: `http:\n  port: ${upstreamPort(site) ?? 8080}\n# https:`,
    },
    isOlder(site.appVersion, '2.3')
      ? {
          // HB pull request 14308: since 2.3 a forwarded scheme survives.
          title: 'Keep the public scheme',
          detail:
            'Before 2.3 Harbor’s own nginx overwrites it: remove this line from “/”, “/v2/” and “/service/” in common/config/nginx/nginx.conf, again after every prepare.',
          code: 'proxy_set_header X-Forwarded-Proto $scheme;',
        }
      : {
          title: 'Public scheme',
          detail:
            'Since 2.3 Harbor’s own nginx passes X-Forwarded-Proto on. Older ones overwrite it and need a change by hand.',
        },
    {
      // HB.
      title: 'Make it so',
      detail: 'In Harbor’s directory, after each change of harbor.yml.',
      code: './prepare && docker compose down && docker compose up -d',
    },
    {
      // HB docker-compose.yml.jinja: publishes on all addresses; GK: Docker's rules come before ufw's.
      title: 'Keep the port to the proxy',
      detail: `Docker publishes port ${upstreamPort(site) ?? 8080} on every address and passes by ufw: bind it to 127.0.0.1 in docker-compose.yml after each prepare, or close it in the chain DOCKER-USER.`,
      code: `127.0.0.1:${upstreamPort(site) ?? 8080}:8080`,
    },
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // HB: Authorization belongs to Docker clients.
            title: 'Sign-in at the proxy',
            detail:
              'It protects the portal only; /v2/ and /service/ stay open to Docker clients, and API clients outside of browsers fail. Better leave Harbor to sign people in and limit addresses instead.',
          },
        ]),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/api/v2.0/ping'), statuses: [200], bodyIncludes: 'Pong' },
    // HB: the registry asks for a token and names its service.
    { kind: 'page', path: path('/v2/'), statuses: [401] },
    { kind: 'page', path: path('/'), statuses: [200], bodyIncludes: 'Harbor' },
  ],
};
