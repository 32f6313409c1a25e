import { publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset } from './preset';

// Sources: GR = Gerrit documentation, "Reverse Proxy" (config-reverseproxy.txt); GC = Gerrit documentation, "Configuration"
// (config-gerrit.txt); RA = Gerrit documentation, "REST API"; GK = general knowledge (git over http).
export const gerrit: Preset<'gerrit'> = {
  id: 'gerrit',
  title: 'Gerrit',
  summary: 'Code review in front of git repositories; Zuul’s usual companion.',
  docsUrl: 'https://gerrit-review.googlesource.com/Documentation/config-reverseproxy.html',
  // GR: listenUrl = proxy-https://127.0.0.1:8081/; the scheme says what people use, Gerrit itself speaks plain http there.
  upstream: { scheme: 'http', port: 8081 },
  // GR: the path is part of listenUrl and reaches Gerrit.
  prefix: { modes: ['none', 'keep'], suggestion: '/r/' },
  limits: {
    // GK: Gerrit limits pushes itself (receive.maxObjectSizeLimit, GC).
    bodySizeMib: { value: 0, why: 'Gerrit: pushes of any size, limited by Gerrit itself' },
    // GK: big fetches are counted and packed before the first byte.
    readTimeoutSeconds: { value: 900, why: 'Gerrit: packing a large repository takes minutes' },
    sendTimeoutSeconds: { value: 900, why: 'Gerrit: large pushes can stall' },
  },
  locations: [
    {
      // RA: the authenticated half of the REST API and of git; passwords are Gerrit's own tokens.
      match: { kind: 'prefix', path: '/a/' },
      class: 'upload',
      why: 'Gerrit: git and REST clients sign in here with tokens of their own',
      limits: { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 },
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // GK: repositories of any size.
  spoolToDisk: {
    value: false,
    why: 'Gerrit: fetches of any size must not fill a temporary file of the proxy',
  },
  // GR: AllowEncodedSlashes and nocanon are required since 2.6; file and project names carry %2F.
  rawUri: { value: true, why: 'Gerrit: names of projects and files carry encoded slashes' },
  // RA: tokens of git and REST clients.
  authorization: { value: 'keep', why: 'Gerrit: git and REST clients send Authorization' },
  requestHeaders: [],
  guardedHeaders: [],
  // GC: auth.httpHeader with auth.type = HTTP or HTTP_LDAP; the name is free, this one is usual.
  userHeader: { name: 'X-Forwarded-User', why: 'Gerrit: auth.httpHeader believes the header that it names' },
  // GC: auth.cookieSecure is derived from the scheme of listenUrl, the path from its path.
  cookies: {},
  ports: [
    { port: 8081, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // GC: sshd.listenAddress; Zuul listens to events there too.
    {
      port: 29418,
      protocol: 'tcp',
      purpose: 'git over SSH and the event stream of Zuul',
      exposure: 'agents',
    },
  ],
  // RA: answers without sign-in.
  healthPath: '/config/server/version',
  checklist: (site) => [
    {
      // GR, GC.
      title: 'Public address',
      detail:
        'gerrit.config. Addresses in mails and clone commands come from here; the trailing slash belongs to it.',
      code: `[gerrit]\n\tcanonicalWebUrl = ${publicUrl(site)}`,
    },
    {
      // GR: proxy-https tells Gerrit that people use https although the proxy speaks http to it.
      title: 'Listen behind the web server',
      detail: 'gerrit.config. The path must be the site’s own, or links lead nowhere.',
      code: `[httpd]\n\tlistenUrl = proxy-${new URL(publicUrl(site)).protocol}//127.0.0.1:${upstreamPort(site) ?? 8081}${new URL(publicUrl(site)).pathname}`,
    },
    ...(site.access.userHeader
      ? [
          {
            // GC.
            title: 'Believe the proxy’s sign-in',
            detail: 'gerrit.config. Nobody may reach Gerrit past the proxy.',
            code: `[auth]\n\ttype = HTTP\n\thttpHeader = ${site.access.userHeader.name}`,
          },
        ]
      : []),
    {
      // GC.
      title: 'git over SSH',
      detail: 'Goes straight to port 29418, never through the web server.',
      code: '[sshd]\n\tlistenAddress = *:29418',
    },
  ],
  probes: (path) => [{ kind: 'page', path: path('/config/server/version'), statuses: [200] }],
};
