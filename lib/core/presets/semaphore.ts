import { publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset } from './preset';

// Sources: SEM = semaphoreui/semaphore-docs and semaphoreui/semaphore (api/router.go, api/login.go).
export const semaphore: Preset<'semaphore'> = {
  id: 'semaphore',
  title: 'Semaphore UI',
  summary: 'Runs Ansible, Terraform and scripts, with live task output over a WebSocket.',
  docsUrl: 'https://docs.semaphoreui.com/',
  // SEM: SEMAPHORE_PORT.
  upstream: { scheme: 'http', port: 3000 },
  // SEM router.go: every route is mounted below the path of web_host.
  prefix: { modes: ['none', 'keep'], suggestion: '/semaphore/' },
  limits: {
    // A project is restored from one JSON document (derived).
    bodySizeMib: {
      value: 64,
      why: 'Semaphore: backups of projects and Terraform states are sent as one document',
    },
  },
  locations: [
    {
      // SEM router.go: exactly /api/ws. Its published sample empties Origin, which switches the origin check off: not done here.
      match: { kind: 'exact', path: '/api/ws' },
      class: 'ws',
      why: 'Semaphore: task output comes live over a WebSocket',
    },
    {
      // SEM router.go: outside of its sign-in; each integration checks a secret.
      match: { kind: 'prefix', path: '/api/integrations/' },
      class: 'http',
      why: 'Semaphore: webhooks of integrations carry their own secret',
      access: 'bypass-auth',
    },
    // SEM router.go: runners register and report here with tokens.
    {
      match: { kind: 'exact', path: '/api/internal/runners' },
      class: 'http',
      why: 'Semaphore: remote runners sign in here with their own tokens',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'prefix', path: '/api/internal/' },
      class: 'http',
      why: 'Semaphore: remote runners sign in here with their own tokens',
      access: 'bypass-auth',
    },
    {
      // SEM router.go: Terraform's http backend, with LOCK and UNLOCK and a password of its own.
      match: { kind: 'prefix', path: '/api/terraform/' },
      class: 'http',
      why: 'Semaphore: Terraform keeps its state here, with a password of its own',
      access: 'bypass-auth',
    },
    {
      // SEM router.go.
      match: { kind: 'exact', path: '/api/ping' },
      class: 'http',
      why: 'Semaphore: health check',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  rawUri: { value: false, why: 'Semaphore: no path needs encoded characters kept' },
  // SEM: API tokens are bearer tokens.
  authorization: { value: 'keep', why: 'Semaphore: API tokens travel in Authorization' },
  requestHeaders: [],
  // SEM: takes no name from a header.
  guardedHeaders: [],
  // SEM login.go: never Secure, and HttpOnly in newer versions only.
  cookies: {
    secure: { value: true, why: 'Semaphore: does not mark its session cookie Secure' },
    httpOnly: { value: true, why: 'Semaphore: older versions do not mark their session cookie HttpOnly' },
  },
  ports: [{ port: 3000, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' }],
  // SEM router.go: answers “pong”.
  healthPath: '/api/ping',
  checklist: (site) => [
    {
      // SEM: scheme, name, port and path; the routes are mounted below its path.
      title: 'Public address',
      detail: 'Environment, or "web_host" in config.json. Its path is the path that Semaphore serves.',
      code: `SEMAPHORE_WEB_ROOT=${publicUrl(site).replace(/\/$/, '')}`,
    },
    {
      // SEM: empty means every address.
      title: 'Listen on the loopback address only',
      detail:
        'Environment, if Semaphore runs on the machine of the web server. With Docker publish the port on 127.0.0.1 instead: Docker’s ports pass by ufw.',
      code: `SEMAPHORE_INTERFACE=127.0.0.1\nSEMAPHORE_PORT=:${upstreamPort(site) ?? 3000}`,
    },
    {
      // SEM: runners poll the server; the address is the public one.
      title: 'Runners',
      detail:
        'Remote runners use the public address ("web_host" in their config.json too); nothing connects to them.',
      copy: publicUrl(site).replace(/\/$/, ''),
    },
    {
      // SEM: the manual's sample.
      title: 'Leave Origin alone',
      detail:
        'The sample of Semaphore’s manual removes the header Origin, and with it the check of where WebSockets come from. This site passes it on; it works because Semaphore sees its public name.',
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/api/ping'), statuses: [200], bodyIncludes: 'pong' },
    { kind: 'page', path: path('/'), statuses: [200] },
  ],
};
