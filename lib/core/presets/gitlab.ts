import { publicAddress, publicUrl } from '../site/public-url';
import type { Site } from '../site/schema';
import { upstreamPort } from '../site/upstream-port';
import { isOlder } from './app-version';
import type { ChecklistItem, Preset, PresetLocation } from './preset';

// Sources: GL = gitlabhq/omnibus-gitlab (doc/settings/nginx.md, configuration.md, ssl, nginx-gitlab-rails.conf.erb, gitlab.rb.template,
// attributes of its cookbooks); WH = gitlabhq/gitlabhq (workhorse/internal/upstream/routes.go); RA = its Rails part (config/routes.rb,
// app/channels); GK = general knowledge.

const runners = 'GitLab: runners, git and API clients sign in here by themselves';
const longest = { bodySizeMib: 0, readTimeoutSeconds: 3600, sendTimeoutSeconds: 3600 };

// WH: http routes of git; two and three levels of groups have no sign-in of the proxy, deeper ones do (see the checklist).
const git: PresetLocation[] = ['/*/*', '/*/*/*'].flatMap((project): PresetLocation[] => [
  {
    match: { kind: 'segments', path: `${project}/info/refs` },
    class: 'http',
    why: runners,
    access: 'bypass-auth',
  },
  {
    match: { kind: 'segments', path: `${project}/git-upload-pack` },
    class: 'download',
    why: runners,
    access: 'bypass-auth',
    limits: longest,
  },
  {
    match: { kind: 'segments', path: `${project}/git-receive-pack` },
    class: 'upload',
    why: runners,
    access: 'bypass-auth',
    limits: longest,
  },
]);

export const gitlab: Preset<'gitlab'> = {
  id: 'gitlab',
  title: 'GitLab',
  summary: 'The Linux package behind a web server of one’s own, with runners, registry and agents.',
  docsUrl: 'https://docs.gitlab.com/omnibus/settings/nginx/',
  // GL: Workhorse over TCP, which suits every web server; its default is a unix socket, the bundled nginx listens on 80.
  upstream: { scheme: 'http', port: 8181 },
  // GL configuration.md: possible with a relative address in external_url, the manual advises against it.
  prefix: { modes: ['none', 'keep'], suggestion: '/gitlab/' },
  limits: {
    // GL template: client_max_body_size 0.
    bodySizeMib: {
      value: 0,
      why: 'GitLab: its own nginx has no limit; GitLab limits pushes and uploads itself',
    },
    // GL template: proxy_connect_timeout 300, of which web servers take no more than 75.
    connectTimeoutSeconds: {
      value: 75,
      why: 'GitLab: its own nginx waits 300 s to connect, web servers take 75',
    },
    // GL template: proxy_read_timeout 3600; runners long-poll for 50 s.
    readTimeoutSeconds: { value: 3600, why: 'GitLab: its own nginx waits an hour for an answer' },
    sendTimeoutSeconds: { value: 300, why: 'GitLab: uploads of artifacts and packages can stall' },
  },
  locations: [
    {
      // WH; RA connection.rb: Action Cable, which knows people by their session.
      match: { kind: 'exact', path: '/-/cable' },
      class: 'ws',
      why: 'GitLab: live updates come over a WebSocket',
      access: 'bypass-auth',
    },
    // WH: web terminals and proxied services of jobs.
    {
      match: { kind: 'suffix', path: '/terminal.ws' },
      class: 'ws',
      why: 'GitLab: web terminals come over WebSockets',
    },
    {
      match: { kind: 'suffix', path: '/proxy.ws' },
      class: 'ws',
      why: 'GitLab: services of jobs come over WebSockets',
    },
    {
      // GL: the Kubernetes proxy streams in both directions.
      match: { kind: 'prefix', path: '/-/kubernetes-agent/k8s-proxy/' },
      class: 'upload',
      why: 'GitLab: the Kubernetes proxy streams in both directions',
      responseBuffering: false,
      requestBuffering: false,
      limits: longest,
      access: 'bypass-auth',
    },
    {
      // GL: the bundled nginx passes it on to KAS; without it see the suggestions.
      match: { kind: 'prefix', path: '/-/kubernetes-agent/' },
      class: 'ws',
      why: 'GitLab: agents of Kubernetes clusters connect over a WebSocket, with their own tokens',
      access: 'bypass-auth',
    },
    {
      // WH: the only WebSocket of the API.
      match: { kind: 'exact', path: '/api/v4/ai/duo_workflows/ws' },
      class: 'ws',
      why: 'GitLab: Duo workflows speak over a WebSocket, with their own tokens',
      access: 'bypass-auth',
    },
    {
      // GL template: request buffering is off for uploads; WH: runners long-poll POST /api/v4/jobs/request and upload artifacts below.
      match: { kind: 'prefix', path: '/api/' },
      class: 'upload',
      why: 'GitLab: runners and API clients upload here, with their own tokens',
      limits: longest,
      access: 'bypass-auth',
    },
    // RA routes.rb: tokens for registry clients, for a password or a token.
    { match: { kind: 'exact', path: '/jwt/auth' }, class: 'http', why: runners, access: 'bypass-auth' },
    // RA routes.rb (Doorkeeper): other applications that sign in with GitLab fetch their tokens here.
    { match: { kind: 'exact', path: '/oauth/token' }, class: 'http', why: runners, access: 'bypass-auth' },
    ...git,
    {
      // GL template: git pushes of any depth of groups are not buffered either.
      match: { kind: 'suffix', path: '/git-receive-pack' },
      class: 'upload',
      why: 'GitLab: pushes of any size must not be spooled',
      limits: longest,
    },
    {
      match: { kind: 'suffix', path: '/git-upload-pack' },
      class: 'download',
      why: 'GitLab: clones of any size must not fill a temporary file of the proxy',
      limits: longest,
    },
  ],
  suggestions: [
    {
      // GL template: the bundled nginx sends this to KAS, so somebody else must where it is switched off.
      match: { kind: 'prefix', path: '/-/kubernetes-agent/' },
      class: 'ws',
      upstream: 'kas',
      why: 'GitLab: without the bundled nginx, agents of Kubernetes clusters must be led to KAS',
      limits: longest,
      access: 'bypass-auth',
    },
    {
      match: { kind: 'prefix', path: '/-/kubernetes-agent/k8s-proxy/' },
      class: 'upload',
      upstream: 'kas-proxy',
      why: 'GitLab: without the bundled nginx, the Kubernetes proxy must be led to KAS',
      responseBuffering: false,
      requestBuffering: false,
      limits: longest,
      access: 'bypass-auth',
    },
  ],
  extraUpstreams: [
    // GL gitlab-kas/attributes: gitlab_kas['listen_address'] and ['kubernetes_api_listen_address'].
    {
      name: 'kas',
      scheme: 'http',
      port: 8150,
      why: 'GitLab: the agent server (KAS) is a service of its own',
    },
    {
      name: 'kas-proxy',
      scheme: 'http',
      port: 8154,
      why: 'GitLab: KAS has a port of its own for the Kubernetes proxy',
    },
    // GitLab container registry manual: 5000 inside; 5050 in samples is the public port of registry_external_url.
    {
      name: 'registry',
      scheme: 'http',
      port: 5000,
      why: 'GitLab: the container registry is a service of its own',
    },
    // GL gitlab-pages/attributes: gitlab_pages['listen_proxy'].
    { name: 'pages', scheme: 'http', port: 8090, why: 'GitLab: Pages is a service of its own' },
  ],
  extraHosts: [
    {
      // GL: registry_external_url; with registry_nginx['enable'] = false the registry is reached directly.
      purpose: 'registry',
      upstream: 'registry',
      class: 'upload',
      limits: { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 },
      access: 'bypass-auth',
      why: 'GitLab: the container registry has a name and tokens of its own; layers have no size limit',
    },
    {
      // GL: wildcard name, one per group.
      purpose: 'pages',
      wildcard: true,
      upstream: 'pages',
      class: 'http',
      access: 'bypass-auth',
      why: 'GitLab: Pages live below a wildcard name of their own, apart from GitLab’s cookies',
    },
  ],
  upgradeAnywhere: false,
  // GK: archives, artifacts and packages of any size.
  spoolToDisk: {
    value: false,
    why: 'GitLab: artifacts and archives must not fill a temporary file of the proxy',
  },
  // WH: the API names projects as group%2Fproject.
  rawUri: { value: true, why: 'GitLab: the API names projects with encoded slashes (group%2Fproject)' },
  authorization: { value: 'keep', why: 'GitLab: git, runners and API clients send Authorization' },
  requestHeaders: [
    {
      // GL: without it signing in ends in 422.
      rule: { op: 'set', name: 'X-Forwarded-Ssl', value: 'on' },
      why: 'GitLab: expects X-Forwarded-Ssl beside X-Forwarded-Proto, or signing in answers 422',
      onlyHttps: true,
    },
  ],
  // GK: what Rails believes of Workhorse is signed; the forwarded headers are set for every site.
  guardedHeaders: [],
  // GK: https in external_url makes its cookies Secure.
  cookies: {},
  ports: [
    { port: 8181, protocol: 'tcp', purpose: 'Workhorse without TLS', exposure: 'close' },
    { port: 5000, protocol: 'tcp', purpose: 'container registry without TLS', exposure: 'close' },
    // GL: git over SSH never goes through the http proxy.
    { port: 22, protocol: 'tcp', purpose: 'git over SSH', exposure: 'agents' },
  ],
  // GK: answers to everybody; GL gitlab.rb.template: /-/health, /-/liveness and /-/readiness answer to monitoring_whitelist only.
  healthPath: '/users/sign_in',
  checklist: (site) => [
    {
      // GL: /etc/gitlab/gitlab.rb.
      title: 'Public address',
      detail: 'In /etc/gitlab/gitlab.rb; then run gitlab-ctl reconfigure after the last of these steps.',
      code: `external_url '${publicUrl(site).replace(/\/$/, '')}'`,
    },
    ...backend(site),
    {
      // GL.
      title: 'Believe the proxy’s client addresses',
      detail: 'In gitlab.rb: the web server’s address as GitLab sees it.',
      code: "gitlab_rails['trusted_proxies'] = ['127.0.0.1/32', '::1/128']",
    },
    ...extras(site),
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // GK: Authorization belongs to git and the registry's clients.
            title: 'Sign-in at the proxy',
            detail:
              'Git clients cannot sign in twice: repositories below more than two groups, LFS and registry clients will fail behind this sign-in. Better leave GitLab to sign people in and limit addresses instead.',
          },
        ]),
    {
      // GL.
      title: 'Check',
      detail: 'After reconfiguring, on GitLab’s machine.',
      code: 'gitlab-rake gitlab:check',
    },
  ],
  probes: (path) => [
    // GK: an automatic sign-in elsewhere redirects.
    { kind: 'page', path: path('/users/sign_in'), statuses: [200, 302] },
    // GK: without a token.
    { kind: 'page', path: path('/api/v4/version'), statuses: [401] },
  ],
};

/** With the bundled nginx (any port but Workhorse's), or without it. */
function backend(site: Site): readonly ChecklistItem[] {
  const port = upstreamPort(site);
  if (port !== undefined && port !== 8181) {
    // GL: key style gitlab_rails['nginx'] since 19.2.
    const key = isOlder(site.appVersion, '19.2') ? 'nginx' : "gitlab_rails['nginx']";
    return [
      {
        title: 'Keep the bundled nginx, without TLS',
        detail: `In gitlab.rb: it listens for this web server. ${
          isOlder(site.appVersion, '19.2') ? '' : 'Before 19.2 the settings are called nginx[…]. '
        }Nobody else may reach the port.`,
        code: `${key}['listen_port'] = ${port}\n${key}['listen_https'] = false`,
      },
    ];
  }
  return [
    {
      // GL: web_server['external_users'] lets the web server's user reach Workhorse.
      title: 'Replace the bundled nginx',
      detail:
        'In gitlab.rb. The user is the web server’s own: www-data on Debian and Ubuntu, nginx or apache on RHEL.',
      code: `nginx['enable'] = false\nweb_server['external_users'] = ['www-data']`,
    },
    port === undefined
      ? {
          title: 'Workhorse on its socket',
          detail: 'The default. The web server’s user must be allowed to read and write it.',
          code: "gitlab_workhorse['listen_network'] = 'unix'",
        }
      : {
          title: 'Workhorse on the loopback address',
          detail:
            'In gitlab.rb. For a web server on another machine give GitLab’s own address, and close the port to all others.',
          code: `gitlab_workhorse['listen_network'] = 'tcp'\ngitlab_workhorse['listen_addr'] = '127.0.0.1:${port}'`,
        },
  ];
}

function extras(site: Site): readonly ChecklistItem[] {
  const host = (purpose: string) => site.extraHosts.find((extra) => extra.purpose === purpose)?.hostnames[0];
  const { scheme } = publicAddress(site);
  const registry = host('registry');
  const pages = host('pages');
  return [
    ...(registry === undefined
      ? []
      : [
          {
            title: 'Container registry',
            detail:
              'In gitlab.rb: the registry listens for this web server, and GitLab names the public address.',
            code: `registry_external_url '${scheme}://${registry}'\nregistry_nginx['enable'] = false\nregistry['registry_http_addr'] = '127.0.0.1:5000'`,
          },
        ]),
    ...(pages === undefined
      ? []
      : [
          {
            title: 'Pages',
            detail:
              'In gitlab.rb. Every group gets a name below this one: the extra host needs the wildcard as its second name.',
            code: `pages_external_url '${scheme}://${pages}'\npages_nginx['enable'] = false\ngitlab_pages['listen_proxy'] = '127.0.0.1:8090'`,
          },
        ]),
  ];
}
