import { publicOrigin } from '../site/public-url';
import type { Preset } from './preset';

// Sources: PL = github theuselessai/Pipelit (docs-site and source); DOC = its "Reverse Proxy" page; UV = uvicorn's manual, deployment;
// GK = general knowledge.
export const pipelit: Preset<'pipelit'> = {
  id: 'pipelit',
  title: 'Pipelit',
  summary: 'Workflow automation on FastAPI with live updates over a WebSocket.',
  docsUrl: 'https://github.com/theuselessai/Pipelit',
  // DOC, PL: uvicorn on 8000.
  upstream: { scheme: 'http', port: 8000 },
  // PL client.ts, wsManager.ts: the frontend uses absolute /api/v1, /ws/ and /assets.
  prefix: { modes: ['none'] },
  limits: {
    // DOC.
    bodySizeMib: { value: 50, why: 'Pipelit: its manual allows bodies of 50 MB' },
    // PL production.md: gunicorn --timeout 120.
    readTimeoutSeconds: { value: 120, why: 'Pipelit: its workers may take 120 s' },
  },
  locations: [
    {
      // PL ws/executions.py: accepts without any token.
      match: { kind: 'prefix', path: '/ws/executions/' },
      class: 'deny',
      why: 'Pipelit: this WebSocket accepts anybody without a token',
      maskQuery: true,
    },
    {
      // DOC, PL ws: the slash is part of the route; the API key travels as ?token=.
      match: { kind: 'prefix', path: '/ws/' },
      class: 'ws',
      why: 'Pipelit: live updates come over a WebSocket, with the API key in its query string',
      limits: { readTimeoutSeconds: 86_400, sendTimeoutSeconds: 86_400 },
      maskQuery: true,
      // PL security.md: the token is checked by the application.
      access: 'bypass-auth',
    },
    {
      // PL: POST with Bearer GATEWAY_INBOUND_TOKEN.
      match: { kind: 'exact', path: '/api/v1/inbound' },
      class: 'http',
      why: 'Pipelit: inbound messages carry their own token',
      access: 'bypass-auth',
    },
    {
      // PL docs: Bearer or ?api_key=.
      match: { kind: 'prefix', path: '/api/v1/webhooks/' },
      class: 'http',
      why: 'Pipelit: webhooks carry their own key, some in the query string',
      access: 'bypass-auth',
      maskQuery: true,
    },
    {
      // PL health.md: no authentication.
      match: { kind: 'exact', path: '/health' },
      class: 'http',
      why: 'Pipelit: health check',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    // GK: FastAPI serves its interface documentation by default.
    {
      match: { kind: 'exact', path: '/docs' },
      class: 'deny',
      why: 'FastAPI: interface documentation open to everybody',
    },
    {
      match: { kind: 'exact', path: '/redoc' },
      class: 'deny',
      why: 'FastAPI: interface documentation open to everybody',
    },
    {
      match: { kind: 'exact', path: '/openapi.json' },
      class: 'deny',
      why: 'FastAPI: interface description open to everybody',
    },
  ],
  upgradeAnywhere: false,
  rawUri: { value: false, why: 'Pipelit: no path needs encoded characters kept' },
  // PL security.md: Authorization: Bearer.
  authorization: { value: 'keep', why: 'Pipelit: its API reads Authorization: Bearer' },
  requestHeaders: [],
  guardedHeaders: [],
  cookies: {},
  ports: [
    { port: 8000, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // PL docker.md: the compose file publishes Redis on all interfaces.
    { port: 6379, protocol: 'tcp', purpose: 'Redis, published by the compose file', exposure: 'close' },
  ],
  // PL main.py: 200 even when the body says degraded.
  healthPath: '/health',
  checklist: (site) => [
    {
      // PL config.py.
      title: 'Public address',
      detail: 'Environment of the server; the default is http://localhost:8000.',
      code: `PLATFORM_BASE_URL=${publicOrigin(site)}`,
    },
    {
      // PL config.py: default true.
      title: 'No foreign origins',
      detail: 'By default any web page may call the API.',
      code: 'CORS_ALLOW_ALL_ORIGINS=false',
    },
    {
      // PL production.md.
      title: 'Listen on the loopback address only',
      detail:
        'If Pipelit runs on the machine of the web server. With Docker publish 127.0.0.1:8000:8000 and do not publish Redis: Docker’s ports pass by ufw.',
      code: '--bind 127.0.0.1:8000',
    },
    {
      // UV: uvicorn believes forwarded headers from 127.0.0.1 only.
      title: 'Believe the proxy’s headers',
      detail: 'Only needed where the web server runs on another machine: its address as Pipelit sees it.',
      code: 'FORWARDED_ALLOW_IPS=127.0.0.1',
    },
    {
      // PL config.py.
      title: 'Secrets',
      detail:
        'Set SECRET_KEY, FIELD_ENCRYPTION_KEY and GATEWAY_INBOUND_TOKEN to long random values. ALLOWED_HOSTS has no effect.',
    },
  ],
  probes: (path) => [
    // PL health.md: {"status": …}.
    { kind: 'page', path: path('/health'), statuses: [200], bodyIncludes: '"status"' },
    { kind: 'page', path: path('/'), statuses: [200] },
    { kind: 'page', path: path('/ws/executions/probe/'), statuses: [403] },
  ],
};
