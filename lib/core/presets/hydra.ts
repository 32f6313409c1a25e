import { canonicalHostname, publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset, PresetLocation } from './preset';

// Sources: HY = NixOS/hydra (manual, lib/Hydra.pm, lib/Hydra/Controller/Root.pm and Job.pm); PB = Catalyst::TraitFor::Request::ProxyBase;
// GK = general knowledge.

// HY Root.pm: no sign-in and no check of the origin; the secret is configurable.
const hooks: PresetLocation[] = ['/api/push-github', '/api/push-gitea'].map((path) => ({
  match: { kind: 'exact', path },
  class: 'http',
  why: 'Hydra: push hooks of GitHub and Gitea are signed',
  access: 'bypass-auth',
}));

export const hydra: Preset<'hydra'> = {
  id: 'hydra',
  title: 'Hydra',
  summary: 'The CI server of Nix, with a binary cache.',
  docsUrl: 'https://github.com/NixOS/hydra/blob/master/doc/manual/src/configuration.md',
  // HY.
  upstream: { scheme: 'http', port: 3000 },
  // HY: told by X-Request-Base, and taken off by the proxy.
  prefix: { modes: ['none', 'strip'], suggestion: '/hydra/' },
  limits: {
    bodySizeMib: { value: 32, why: 'Hydra: push hooks can carry 25 MB' },
    // GK: pages over long histories are computed on request.
    readTimeoutSeconds: { value: 300, why: 'Hydra: pages over long histories take minutes' },
  },
  locations: [
    {
      // HY Root.pm: packed while it is sent.
      match: { kind: 'prefix', path: '/nar/' },
      class: 'download',
      why: 'Hydra: store paths are packed while they are sent',
      limits: { readTimeoutSeconds: 3600 },
    },
    ...hooks,
  ],
  suggestions: [
    {
      // HY Job.pm: for shields.io.
      match: { kind: 'segments', path: '/job/*/*/*/shield' },
      class: 'http',
      why: 'Hydra: badges are often shown on public pages',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // GK: build products and store paths of any size.
  spoolToDisk: { value: false, why: 'Hydra: build products must not fill a temporary file of the proxy' },
  // HY: nothing in its routes.
  rawUri: { value: false, why: 'Hydra: no path needs encoded characters kept' },
  // HY: signs in with a form and cookies.
  authorization: { value: 'strip', why: 'Hydra: never reads Authorization; people sign in with a form' },
  requestHeaders: [
    {
      // HY: wanted below a path; PB: a full address with scheme, name and path. HY Root.pm compares Referer of every form with it.
      rule: { op: 'set', name: 'X-Request-Base', value: '{public_url}' },
      why: 'Hydra: builds its links from this header, and refuses forms that come from another address',
    },
  ],
  // HY Root.pm: readonly_ips believes X-Forwarded-For, which this proxy sets to the client's own address.
  guardedHeaders: [],
  cookies: {
    // HY Hydra.pm: Catalyst's session cookie, without a word on Secure; GK: its path follows from X-Request-Base, so that it is left
    // alone.
    secure: { value: true, why: 'Hydra: does not mark its session cookie Secure' },
  },
  ports: [
    { port: 3000, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // HY: the newer queue runner.
    {
      port: 50_051,
      protocol: 'tcp',
      purpose: 'builders of the newer queue runner (gRPC)',
      exposure: 'agents',
    },
    { port: 8080, protocol: 'tcp', purpose: 'REST of the newer queue runner', exposure: 'close' },
    { port: 9199, protocol: 'tcp', purpose: 'metrics of hydra-notify, if switched on', exposure: 'close' },
  ],
  // HY Root.pm: asks for a user with `private 1`.
  healthPath: '/',
  checklist: (site) => [
    {
      // HY.
      title: 'Public address',
      detail: 'hydra.conf. On NixOS services.hydra.hydraURL sets base_uri by itself.',
      code: `using_frontend_proxy 1\nbase_uri ${publicUrl(site).replace(/\/$/, '')}`,
    },
    {
      title: 'On NixOS',
      detail: 'configuration.nix, if Hydra runs on the machine of the web server.',
      code: `services.hydra.hydraURL = "${publicUrl(site).replace(/\/$/, '')}";\nservices.hydra.listenHost = "127.0.0.1";\nservices.hydra.port = ${upstreamPort(site) ?? 3000};`,
    },
    {
      // HY: hydra-server.
      title: 'Listen on the loopback address only',
      detail: 'Elsewhere, with the command of the service.',
      code: `hydra-server --host 127.0.0.1 --port ${upstreamPort(site) ?? 3000}`,
    },
    {
      // HY Root.pm.
      title: 'Trusted addresses',
      detail:
        'readonly_ips lets addresses read a private Hydra without sign-in. It believes the address that the proxy names, so nobody may reach Hydra past it.',
    },
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // HY Root.pm: /<hash>.narinfo, /nar/… and /nix-cache-info; Nix takes a password from netrc.
            title: 'Binary cache behind the sign-in',
            detail:
              'Nix must sign in here as well: give it the name and password in the file of its setting netrc-file. Or let machines in by their addresses (any of both is enough).',
            code: `machine ${canonicalHostname(site)} login … password …`,
          },
        ]),
    {
      title: 'Push hooks',
      detail: 'Address for webhooks of GitHub; for Gitea the last part is push-gitea.',
      copy: `${publicUrl(site)}api/push-github`,
    },
  ],
  probes: (path) => [{ kind: 'page', path: path('/'), statuses: [200, 302, 403] }],
};
