import { publicAddress, publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import { isOlder } from './app-version';
import { applicationAddress } from './parts/application-address';
import type { Preset, PresetLocation } from './preset';

// Sources: BM = Atlassian's pages “Proxying Atlassian server applications” and on Bamboo's agent ports; BH = Atlassian's
// page “What Bamboo URL should I use for HTTP healthchecks?”; BR = its pages on remote agents, “Troubleshooting
// Remote Agents” among them; GK = general knowledge.

const ownAuthentication = 'Bamboo: agents and API clients authenticate themselves here';

const bypassed: PresetLocation[] = [
  // BR: remote agents ask for their bootstrap and report here.
  { kind: 'prefix', path: '/agentServer/' } as const,
  // GK: REST API with its own tokens, the status among it.
  { kind: 'prefix', path: '/rest/' } as const,
].map((match) => ({ match, class: 'http', why: ownAuthentication, access: 'bypass-auth' }));

export const bamboo: Preset<'bamboo'> = {
  id: 'bamboo',
  title: 'Bamboo',
  summary: 'Atlassian’s CI server; remote agents also need its message broker.',
  docsUrl:
    'https://confluence.atlassian.com/kb/proxying-atlassian-server-applications-with-apache-http-server-mod_proxy_http-806032611.html',
  // BM: Tomcat.
  upstream: { scheme: 'http', port: 8085 },
  // BM: the same context path on both sides.
  prefix: { modes: ['none', 'keep'], suggestion: '/bamboo/' },
  limits: {
    // BR: agents send artifacts by http.
    bodySizeMib: { value: 1024, why: 'Bamboo: agents upload artifacts by http' },
    readTimeoutSeconds: { value: 300, why: 'Bamboo: artifacts and exports can take minutes' },
    sendTimeoutSeconds: { value: 300, why: 'Bamboo: artifact uploads can stall' },
  },
  locations: [
    {
      // BR: artifacts of remote agents; GK: the address.
      match: { kind: 'prefix', path: '/agentServer/message/' },
      class: 'upload',
      why: 'Bamboo: remote agents report and upload here',
      limits: { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 },
      access: 'bypass-auth',
    },
    ...bypassed,
  ],
  suggestions: [
    {
      // GK: for builds of other systems that fetch artifacts; Bamboo checks who may.
      match: { kind: 'prefix', path: '/artifact/' },
      class: 'download',
      why: 'Bamboo: large artifacts must not fill a temporary file of the proxy',
    },
  ],
  upgradeAnywhere: false,
  spoolToDisk: { value: false, why: 'Bamboo: big artifacts must not fill a temporary file of the proxy' },
  // BM, GK: plan keys hold no special characters.
  rawUri: { value: false, why: 'Bamboo: no path needs encoded characters kept' },
  authorization: { value: 'keep', why: 'Bamboo: its REST API reads Authorization' },
  requestHeaders: [],
  // GK: nothing beside the forwarded headers; agents' own headers (Bamboo-Agent…) are checked by Bamboo.
  guardedHeaders: [],
  // BM: with secure="true" Tomcat marks its cookies itself.
  cookies: {},
  ports: [
    { port: 8085, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // BM: JMS (ActiveMQ), raw TCP; GK: 54667 with TLS.
    { port: 54_663, protocol: 'tcp', purpose: 'message broker for remote agents', exposure: 'agents' },
    { port: 54_667, protocol: 'tcp', purpose: 'message broker with TLS', exposure: 'agents' },
    // GK.
    { port: 8007, protocol: 'tcp', purpose: 'shutdown port of Tomcat', exposure: 'close' },
  ],
  // BH: state RUNNING as XML or JSON, without sign-in; since 7.0.
  healthPath: '/rest/api/latest/status',
  checklist: (site) => {
    const { scheme, port } = publicAddress(site);
    const name = site.hostnames[0] ?? '';
    return [
      {
        // BM.
        title: 'Base URL',
        detail: 'Administration → Overview → General configuration → Base URL.',
        copy: publicUrl(site).replace(/\/$/, ''),
      },
      {
        // BM, exact attributes GK: without them redirects and the check against forged requests fail.
        title: 'Tell Tomcat of the proxy',
        detail:
          'Attributes of the Connector in conf/server.xml; keep its others. Without them redirects go astray and forms are refused.',
        code: `<Connector port="${upstreamPort(site) ?? 8085}" address="127.0.0.1"
  proxyName="${name}" proxyPort="${port}" scheme="${scheme}" secure="${scheme === 'https'}" … />`,
      },
      ...(site.prefix.mode === 'keep'
        ? [
            {
              // BM.
              title: 'Path prefix',
              detail: 'conf/server.xml: Bamboo must live below the same path.',
              code: `<Context path="${site.prefix.path.slice(0, -1)}" … >`,
            },
          ]
        : []),
      {
        // BM: agents need both addresses.
        title: 'Remote agents',
        detail:
          'Agents use the public address and the broker. The broker is not http and never passes this web server: open its port to the agents’ networks. Administration → General configuration → Broker client URL.',
        code: `-Dbamboo.home=… -jar atlassian-bamboo-agent-installer.jar ${publicUrl(site)}agentServer/\ntcp://${applicationAddress(site)}:54663`,
      },
      ...(isOlder(site.appVersion, '10.0')
        ? [
            {
              // BM: Server editions ended on 2024-02-15.
              title: 'Edition',
              detail: 'Server editions get no fixes since February 2024; Data Center does.',
            },
          ]
        : []),
    ];
  },
  probes: (path) => [
    { kind: 'page', path: path('/rest/api/latest/status'), statuses: [200], bodyIncludes: 'state' },
    { kind: 'page', path: path('/userlogin.action'), statuses: [200, 302, 303] },
  ],
};
