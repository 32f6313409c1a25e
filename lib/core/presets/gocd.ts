import { publicOrigin } from '../site/public-url';
import { isOlder } from './app-version';
import type { Preset, PresetLocation } from './preset';

// Sources: GO = github gocd/docs.go.cd; GOsrc = gocd/gocd source; T = tried with a raw backend.

const ownAuthentication = 'GoCD: agents, hooks and monitors authenticate themselves here';

// GOsrc AuthorizeFilterChain; GO: agents poll with a token in Authorization and X-Agent-GUID.
const bypassed: PresetLocation[] = [
  { kind: 'exact', path: '/go/admin/agent' } as const,
  { kind: 'prefix', path: '/go/admin/agent/' } as const,
  { kind: 'exact', path: '/go/admin/latest-agent.status' } as const,
  { kind: 'exact', path: '/go/admin/agent-launcher.jar' } as const,
  { kind: 'exact', path: '/go/admin/agent-plugins.zip' } as const,
  { kind: 'exact', path: '/go/admin/tfs-impl.jar' } as const,
  { kind: 'segments', path: '/go/api/webhooks/*/notify' } as const,
  { kind: 'segments', path: '/go/api/webhooks/*/config_repos/*' } as const,
  { kind: 'exact', path: '/go/api/v1/health' } as const,
  { kind: 'exact', path: '/go/api/version' } as const,
  { kind: 'exact', path: '/go/cctray.xml' } as const,
  { kind: 'prefix', path: '/go/assets/' } as const,
].map((match) => ({ match, class: 'http', why: ownAuthentication, access: 'bypass-auth' }));

export const gocd: Preset<'gocd'> = {
  id: 'gocd',
  title: 'GoCD',
  summary: 'Continuous delivery server with pipelines, agents and artifacts below /go/.',
  docsUrl: 'https://docs.gocd.org/current/installation/configure-reverse-proxy.html',
  // GO fixing_common_issues: 8153 http; 8154 https is gone since 20.5.0.
  upstream: { scheme: 'http', port: 8153 },
  // GOsrc: WEBAPP_CONTEXT_PATH is a constant; / redirects to it.
  prefix: { modes: ['fixed'], fixed: '/go/', suggestion: '/go/' },
  limits: {
    // GO: client_max_body_size 10000m for artifact uploads.
    bodySizeMib: { value: 10_000, why: 'GoCD: artifacts are uploaded by http (its manual allows 10000 MB)' },
    // GOsrc: api.request.idle.timeout.seconds 300.
    readTimeoutSeconds: { value: 300, why: 'GoCD: API requests may take 300 s' },
    sendTimeoutSeconds: { value: 300, why: 'GoCD: artifact uploads can stall' },
  },
  locations: [
    {
      // GOsrc: used when the toggle browser_console_log_ws_key is on, otherwise the page polls every 5 s.
      match: { kind: 'prefix', path: '/go/console-websocket/' },
      class: 'ws',
      why: 'GoCD: live console logs come over a WebSocket',
    },
    {
      // GO, GOsrc: token based agent protocol; uploads artifacts to /go/remoting/files/.
      match: { kind: 'prefix', path: '/go/remoting/' },
      class: 'upload',
      why: 'GoCD: agents speak and upload artifacts here, with their own tokens',
      access: 'bypass-auth',
    },
    ...bypassed,
  ],
  upgradeAnywhere: false,
  // GO, GOsrc: Jetty's idle timeout (30 s) drops slow clients once the proxy's temporary file is full.
  spoolToDisk: {
    value: false,
    why: 'GoCD: downloads over 1 GB break when a temporary file of the proxy fills up',
  },
  // T: the manual’s proxy_pass with a path decodes %2F; passing the path unchanged is safe.
  rawUri: { value: true, why: 'GoCD: artifact paths must arrive as they were sent' },
  // GO, GOsrc: agents and the API use Authorization.
  authorization: { value: 'keep', why: 'GoCD: agents and the API read Authorization' },
  requestHeaders: [],
  // GOsrc: Jetty's ForwardedRequestCustomizer believes RFC 7239 Forwarded from anybody.
  guardedHeaders: [{ name: 'Forwarded', why: 'GoCD: Jetty believes this header from anybody' }],
  cookies: {
    // GO: -Dgo.sessioncookie.secure is false by default.
    secure: { value: true, why: 'GoCD: its session cookie is not Secure by default' },
    httpOnly: { value: true, why: 'GoCD: no script reads the session cookie' },
  },
  ports: [
    { port: 8153, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    { port: 8154, protocol: 'tcp', purpose: 'https of servers before 20.5', exposure: 'close' },
  ],
  // GOsrc: anonymous.
  healthPath: '/go/api/v1/health',
  checklist: (site) => [
    {
      // GO: Admin > Server Configuration > Server Management.
      title: 'Site URLs',
      detail:
        'Admin → Server Configuration → Server Management, fields “Site URL” and “Secure Site URL” (without /go).',
      copy: publicOrigin(site),
    },
    {
      // GO: system properties in wrapper-properties.conf.
      title: 'Listen on the loopback address only',
      detail:
        'In wrapper-properties.conf (with the next free number), if GoCD runs on the machine of the web server.',
      code: 'wrapper.java.additional.101=-Dcruise.listen.host=127.0.0.1',
    },
    ...(site.tls.mode === 'none'
      ? []
      : [
          {
            // GO.
            title: 'Secure session cookie',
            detail: 'In wrapper-properties.conf, when GoCD is reached over https only.',
            code: 'wrapper.java.additional.102=-Dgo.sessioncookie.secure=true',
          },
        ]),
    isOlder(site.appVersion, '20.2.0')
      ? {
          // GO: client certificates to 8154 before 20.2.
          title: 'Agents of this version',
          detail:
            'Before 20.2 agents use client certificates on port 8154 and cannot pass a proxy that ends TLS: let them connect straight to 8154.',
        }
      : {
          // GO: the URL must end in /go.
          title: 'Agents',
          detail: 'Agents may use the public address; it must end in /go.',
          code: `-serverUrl ${publicOrigin(site)}/go`,
        },
    ...(site.hsts
      ? [
          {
            // GO: gocd.enable.hsts.header.
            title: 'One sender of HSTS',
            detail: 'The web server sends Strict-Transport-Security; leave gocd.enable.hsts.header off.',
          },
        ]
      : []),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/go/api/v1/health'), statuses: [200] },
    { kind: 'page', path: path('/go/'), statuses: [200, 302, 303] },
  ],
};
