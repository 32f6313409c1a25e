import { publicUrl } from '../site/public-url';
import type { Preset } from './preset';

// The common subset of all presets: everything passes, nothing is assumed of the application.
export const generic: Preset<'generic'> = {
  id: 'generic',
  title: 'Generic HTTP application',
  summary: 'Any application that speaks HTTP, with or without WebSockets.',
  docsUrl: null,
  upstream: { scheme: 'http', port: 8080 },
  prefix: { modes: ['none', 'fixed', 'keep', 'strip', 'add', 'rewrite'] },
  limits: {},
  locations: [],
  upgradeAnywhere: true,
  rawUri: { value: true, why: 'paths reach an unknown application as they were sent' },
  authorization: { value: 'keep', why: 'an unknown application may read Authorization' },
  signsIn: false,
  requestHeaders: [],
  guardedHeaders: [],
  cookies: {},
  ports: [],
  healthPath: '/',
  checklist: (site) => [
    {
      title: 'Public address',
      detail: 'Most applications have a setting for the address under which people reach them.',
      copy: publicUrl(site),
    },
    {
      title: 'Listen on the loopback address only',
      detail:
        'If the application runs on the machine of the web server, nobody else should reach it directly.',
      copy: '127.0.0.1',
    },
    {
      title: 'Believe the proxy’s headers',
      detail:
        'X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Port are set by the web server and may be trusted from its address only.',
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/'), statuses: [200, 204, 301, 302, 303, 307, 308, 401, 403, 404] },
  ],
};
