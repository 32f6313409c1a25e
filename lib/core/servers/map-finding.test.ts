import { expect, test } from 'vitest';
import type { Issue } from '../issue';
import { parseSite } from '../rules/parse-site';
import type { RenderTarget, ServerKind } from '../web-server/render-target';
import { webServers } from '.';
import { mapFinding } from './map-finding';
import { renderTarget } from './render';

const parsed = parseSite({
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com'],
  tls: { mode: 'files', certificate: '/etc/ssl/ci/fullchain.pem', key: '/etc/ssl/ci/privkey.pem' },
  upstreams: [
    {
      policy: 'least-connections',
      servers: [
        { address: 'nobody.invalid', port: 8010 },
        { address: '10.0.0.6', port: 8010 },
      ],
    },
  ],
  responseHeaders: [{ op: 'set', name: 'X-Team', value: 'build' }],
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
const site = parsed.value;

interface Case {
  readonly server: ServerKind;
  readonly version: string;
  /** Text of the line that the server complains about. */
  readonly line: string;
  /** What the real server printed for such a line; only file and line are ours. */
  readonly output: (file: string, line: number) => string;
  readonly path: Issue['path'];
}

// In the words of nginx, Apache and Caddy; only the numbers of files, lines and processes are ours.
const cases: readonly Case[] = [
  {
    server: 'nginx',
    version: '1.22.1',
    line: 'server nobody.invalid:8010',
    output: (file, line) =>
      `2026/11/21 05:22:38 [emerg] 9445#9445: host not found in upstream "nobody.invalid:8010" in ${file}:${line}\nnginx: configuration file /etc/nginx/nginx.conf test failed\n`,
    path: ['upstreams', 0, 'servers', 0],
  },
  {
    server: 'nginx',
    version: '1.22.1',
    line: 'least_conn',
    output: (file, line) => `nginx: [emerg] unknown directive "least_conn" in ${file}:${line}\n`,
    path: ['upstreams', 0, 'policy'],
  },
  {
    server: 'nginx',
    version: '1.29.6',
    line: 'http2 on',
    output: (file, line) => `nginx: [emerg] unknown directive "http2" in ${file}:${line}\n`,
    path: ['http2'],
  },
  {
    server: 'apache',
    version: '2.4.71',
    line: 'SSLCertificateFile ',
    output: (file, line) =>
      `AH00526: Syntax error on line ${line} of ${file}:\nSSLCertificateFile: file '/etc/ssl/ci/fullchain.pem' does not exist or is empty\n`,
    path: ['tls'],
  },
  {
    server: 'apache',
    version: '2.4.71',
    line: 'Header always set X-Team',
    output: (file, line) =>
      `AH00526: Syntax error on line ${line} of ${file}:\nInvalid command 'Header', perhaps misspelled or defined by a module not included in the server configuration\nAction '-t' failed.\nThe Apache error log may have more information.\n`,
    path: ['responseHeaders', 0],
  },
  {
    server: 'apache',
    version: '2.4.71',
    line: 'ProxySet lbmethod=bybusyness',
    output: (file, line) =>
      `AH00526: Syntax error on line ${line} of ${file}:\nProxySet unknown Balancer parameter 'lbmethod=bybusyness'\n`,
    path: ['upstreams', 0, 'policy'],
  },
  {
    server: 'caddy',
    version: '2.6.2',
    line: 'lb_policy least_conn',
    output: (file, line) =>
      `{"level":"info","ts":1795238559.1,"msg":"using provided configuration","config_file":"/etc/caddy/Caddyfile","config_adapter":"caddyfile"}\nError: adapting config using caddyfile: parsing caddyfile tokens for 'route': ${file}:999 - Error during parsing: parsing caddyfile tokens for 'reverse_proxy': ${file}:${line} - Error during parsing: getting module named 'http.reverse_proxy.selection_policies.nope': module not registered: http.reverse_proxy.selection_policies.nope\n`,
    path: ['upstreams', 0, 'policy'],
  },
  {
    server: 'caddy',
    version: '2.11.4',
    line: 'header * X-Team',
    output: (file, line) =>
      `Error: adapting config using caddyfile: parsing caddyfile tokens for 'header': wrong argument count or unexpected line ending after 'build', at ${file}:${line} import chain ['/etc/caddy/Caddyfile:1 (import)']\n`,
    path: ['responseHeaders', 0],
  },
];

test.each(cases)('$server: “$line” leads back to its field', ({ server, version, line, output, path }) => {
  const target: RenderTarget = { server, version, openssl: '3.0.15', layout: 'debian', modules: null };
  const { files } = renderTarget([site], target);
  const file = files.find((each) => each.kind === 'file' && each.role === 'site');
  if (file?.kind !== 'file') throw new Error('no site file');
  const number = file.content.split('\n').findIndex((text) => text.trim().startsWith(line)) + 1;
  expect(number).toBeGreaterThan(0);
  // On Debian the server reads the file through the link that switches it on, and names that.
  const read = files.find((each) => each.kind === 'link' && each.target === file.path)?.path ?? file.path;
  const findings = webServers[server].parseOutput(output(read, number));
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  if (finding === undefined) return;
  const { issue } = mapFinding(finding, files);
  expect(issue).toMatchObject({ code: 'host.test', severity: 'error', path, site: 'ci' });
  expect(issue.hint).toMatch(/^Reason for line \d+: \w/);
});
