import { publicUrl } from '../../site/public-url';
import type { Site } from '../../site/schema';
import { upstreamPort } from '../../site/upstream-port';
import type { ChecklistItem, Preset, PresetLocation } from '../preset';

// Sources: GT = Gitea's reverse-proxies page and app.example.ini (1.27); FJ = Forgejo's admin/setup/reverse-proxy; GS = go-gitea/gitea
// source (routers/web/web.go, routers/init.go, routers/private, routers/api/actions, modules/setting/session.go); T = tried with a raw backend;
// GK = general knowledge.

/**
 * What Gitea and Forgejo have in common: the second was forked from the first, and both kept paths, headers and settings. `name` is
 * the application's own name, for the reasons.
 */
export function giteaFamily(name: string) {
  const clients = `${name}: git, package and runner clients sign in here by themselves`;
  const open = (match: PresetLocation['match'], kind: PresetLocation['class'] = 'http'): PresetLocation => ({
    match,
    class: kind,
    why: clients,
    access: 'bypass-auth',
    ...(kind === 'upload'
      ? { limits: { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 } }
      : {}),
  });
  const segments = (path: string) => ({ kind: 'segments', path }) as const;
  const prefix = (path: string) => ({ kind: 'prefix', path }) as const;
  return {
    upstream: { scheme: 'http', port: 3000 },
    // GT, FJ: the prefix is stripped, ROOT_URL alone tells the application; discouraged.
    prefix: { modes: ['none', 'strip'] },
    limits: {
      // GT: the sample has 512M, which LFS objects, packages and container layers exceed.
      bodySizeMib: {
        value: 0,
        why: `${name}: pushes, LFS objects and container layers have no common limit; attachments are limited by ${name} itself`,
      },
      // GK: big pushes are checked before the answer.
      readTimeoutSeconds: { value: 300, why: `${name}: big pushes are checked before the answer` },
      sendTimeoutSeconds: { value: 300, why: `${name}: big pushes can stall` },
    },
    locations: [
      {
        // GS web.go: EventSource for notifications.
        match: { kind: 'exact', path: '/user/events' },
        class: 'sse',
        why: `${name}: notifications come as an event stream`,
      },
      // GS web.go: git over http; repositories are always owner and name.
      open(segments('/*/*/info/refs')),
      open(segments('/*/*/git-upload-pack'), 'download'),
      open(segments('/*/*/git-receive-pack'), 'upload'),
      // GS web.go: LFS.
      open(segments('/*/*/info/lfs/objects/batch')),
      open(segments('/*/*/info/lfs/objects/*'), 'download'),
      open(segments('/*/*/info/lfs/objects/*/*'), 'upload'),
      open(segments('/*/*/info/lfs/verify')),
      open(segments('/*/*/info/lfs/locks')),
      open(segments('/*/*/info/lfs/locks/*')),
      open(segments('/*/*/info/lfs/locks/*/unlock')),
      // GT, GS init.go: REST API with tokens; the runner polls FetchTask by plain POST (Connect RPC, no HTTP/2 needed) below /api/actions/.
      open(prefix('/api/')),
      // GS routers/private/internal.go: the calls of git hooks and of the SSH server, which carry the installation's internal token.
      {
        match: prefix('/api/internal/'),
        class: 'deny',
        why: `${name}: hooks and the SSH server call this on the machine itself (LOCAL_ROOT_URL), nobody from outside`,
      },
      open(prefix('/api/packages/'), 'upload'),
      open(prefix('/api/actions_pipeline/'), 'upload'),
      open(prefix('/twirp/'), 'upload'),
      // GT: container registry, always at the root of the name.
      open(prefix('/v2/'), 'upload'),
    ],
    unstrippedPaths: ['/v2/'],
    // GT: the samples pass Connection and Upgrade on, but no path uses them.
    upgradeAnywhere: false,
    // GT: sub-path and registry traffic, GK: archives and packages of any size.
    spoolToDisk: {
      value: false,
      why: `${name}: archives and packages must not fill a temporary file of the proxy`,
    },
    // GT: branch and file names with %2F must arrive undecoded; T: all three servers keep them.
    rawUri: { value: true, why: `${name}: branch and file names carry encoded slashes` },
    authorization: { value: 'keep', why: `${name}: git, package and API clients send Authorization` },
    requestHeaders: [],
    // GT: believed from REVERSE_PROXY_TRUSTED_PROXIES, which is this web server.
    guardedHeaders: ['X-WEBAUTH-USER', 'X-WEBAUTH-EMAIL', 'X-WEBAUTH-FULLNAME'].map((header) => ({
      name: header,
      why: `${name}: reverse proxy authentication believes this header`,
    })),
    userHeader: {
      name: 'X-WEBAUTH-USER',
      why: `${name}: reverse proxy authentication reads X-WEBAUTH-USER`,
    },
    // GS session.go: the cookie's path follows from ROOT_URL, Secure from COOKIE_SECURE, which older versions leave off.
    cookies: {
      secure: { value: true, why: `${name}: older versions do not mark their session cookie Secure` },
    },
    ports: [
      { port: 3000, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
      // GT: git over SSH, 22 of the machine or the built-in server's own.
      {
        port: 2222,
        protocol: 'tcp',
        purpose: 'git over SSH, where the built-in server has it',
        exposure: 'agents',
      },
    ],
    // GT.
    healthPath: '/api/healthz',
    probes: (path) => [
      { kind: 'page', path: path('/api/healthz'), statuses: [200], bodyIncludes: 'pass' },
      { kind: 'page', path: path('/'), statuses: [200, 302, 303] },
      // GK: without a token the registry asks for one; the path is never below the prefix.
      { kind: 'page', path: '/v2/', statuses: [200, 401, 404] },
    ],
  } as const satisfies Partial<Preset>;
}

/** Settings that both applications share, in app.ini. */
export function giteaChecklist(name: string, site: Site): readonly ChecklistItem[] {
  return [
    {
      // GT, FJ: exact public address with trailing slash, sub-path included.
      title: 'Public address',
      detail:
        'app.ini, section [server]. The trailing slash belongs to it; clone addresses and OAuth come from here.',
      code: `[server]\nROOT_URL = ${publicUrl(site)}\nDOMAIN = ${site.hostnames[0] ?? ''}`,
    },
    listening(name, site),
    {
      // GT: defaults 127.0.0.0/8,::1/128 and limit 1.
      title: 'Believe the proxy’s client addresses',
      detail: 'app.ini, section [security]: the web server’s address as the application sees it.',
      code: '[security]\nREVERSE_PROXY_LIMIT = 1\nREVERSE_PROXY_TRUSTED_PROXIES = 127.0.0.0/8,::1/128',
    },
    ...(site.access.userHeader
      ? [
          {
            // GT.
            title: 'Believe the proxy’s sign-in',
            detail: `app.ini. It does not count for the API. Nobody may reach ${name} past the proxy.`,
            code: `[service]\nENABLE_REVERSE_PROXY_AUTHENTICATION = true\n[security]\nREVERSE_PROXY_AUTHENTICATION_USER = ${site.access.userHeader.name}`,
          },
        ]
      : []),
    {
      // GT: same name and path as people use; no port of its own.
      title: 'Actions runners',
      detail: 'Runners use the public address too, over plain https.',
      copy: publicUrl(site),
    },
  ];
}

/** What a path prefix costs: the registry keeps a root path, and the origin is shared. */
export function giteaSubPath(name: string, site: Site): readonly ChecklistItem[] {
  if (site.prefix.mode !== 'strip') return [];
  return [
    ...(site.prefix.unstrippedPaths.includes('/v2/')
      ? []
      : [
          {
            // GT: registry clients always ask at /v2/.
            title: 'Container registry',
            detail:
              'Registry clients ask at the root of the name: add this to the unstripped paths of the prefix.',
            copy: '/v2/',
          },
        ]),
    {
      // FJ: no mitigation offered.
      title: 'Prefer a name of its own',
      detail: `Below a path ${name} shares its origin with everything else on this name: a hole in one application opens the other.`,
    },
  ];
}

function listening(name: string, site: Site): ChecklistItem {
  const server = site.upstreams[0]?.servers[0];
  if (server && 'socket' in server) {
    return {
      // GT: the socket's permissions decide who may speak to it.
      title: 'Listen on the socket',
      detail: `app.ini, section [server]. The web server’s user must be allowed to write to it; 666 lets every account of the machine.`,
      code: `[server]\nPROTOCOL = http+unix\nHTTP_ADDR = ${server.socket}\nUNIX_SOCKET_PERMISSION = 666`,
    };
  }
  return {
    // GT: default 0.0.0.0.
    title: 'Listen on the loopback address only',
    detail: `app.ini, section [server], if ${name} runs on the machine of the web server.`,
    code: `[server]\nHTTP_ADDR = 127.0.0.1\nHTTP_PORT = ${upstreamPort(site) ?? 3000}`,
  };
}
