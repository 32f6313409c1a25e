import { describe, expect, test } from 'vitest';
import type { LineOrigin, RenderedFile, ToolFinding } from '../servers/types';
import { Site } from '../site/schema';
import { issuesFromFindings } from './tool-findings';

const origin = (path: LineOrigin['path'], why: string): LineOrigin => ({ path, why });
const files: RenderedFile[] = [
  {
    kind: 'file',
    path: '/etc/nginx/sites-available/gatehouse-ci.conf',
    role: 'site',
    site: 'ci',
    content: 'server {\n  ssl_certificate /etc/ssl/nope.pem;\n  proxy_pass http://main;\n}\n',
    mode: 0o644,
    lines: [
      origin(null, 'the site'),
      origin(['tls', 'certificate'], 'the certificate of the site'),
      origin(['upstreams', 0, 'servers', 0, 'address'], 'the upstream'),
      origin(null, 'the site'),
    ],
  },
  {
    kind: 'link',
    path: '/etc/nginx/sites-enabled/gatehouse-ci.conf',
    role: 'enable',
    site: 'ci',
    target: '/etc/nginx/sites-available/gatehouse-ci.conf',
  },
];
const finding = (message: string, path: string | null = null, line: number | null = null): ToolFinding => ({
  severity: 'error',
  message,
  path,
  line,
});

describe('an error of the real web server lands at the form field that made the line', () => {
  test('by file and line, also through the link that switches the file on', () => {
    for (const folder of ['sites-available', 'sites-enabled']) {
      const found = finding('host not found in upstream', `/etc/nginx/${folder}/gatehouse-ci.conf`, 3);
      expect(issuesFromFindings([found], [], files, [])).toMatchObject([
        { path: ['upstreams', 0, 'servers', 0, 'address'], site: 'ci', severity: 'error' },
      ]);
    }
  });

  test('by the field that holds the path it names', () => {
    const found = finding('cannot load certificate key "/etc/ssl/nope.key": BIO_new_file() failed');
    const site = Site.parse({
      schemaVersion: 1,
      name: 'ci',
      preset: 'generic',
      hostnames: ['ci.example.com'],
      tls: { mode: 'files', certificate: '/etc/ssl/nope.pem', key: '/etc/ssl/nope.key' },
      upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
    });
    expect(issuesFromFindings([found], [], files, [site])).toMatchObject([
      { path: ['tls', 'key'], site: 'ci' },
    ]);
  });

  test('by the value it names, where it names no line', () => {
    const found = finding('cannot load certificate "/etc/ssl/nope.pem": BIO_new_file() failed');
    expect(issuesFromFindings([found], [], files, [])).toMatchObject([
      { path: ['tls', 'certificate'], site: 'ci' },
    ]);
  });

  test('what is not ours keeps its place in the message and blames no field', () => {
    const found = finding('unknown directive "foo"', '/etc/nginx/nginx.conf', 7);
    const [issue] = issuesFromFindings([found], [], files, []);
    expect(issue).toMatchObject({ path: [] });
    expect(issue?.message).toContain('/etc/nginx/nginx.conf:7');
  });
});

test('nginx ignoring a name of ours is an error, although nginx only warns', () => {
  const found: ToolFinding = {
    severity: 'warning',
    message: 'conflicting server name "ci.example.com" on 0.0.0.0:443, ignored',
    path: null,
    line: null,
  };
  expect(issuesFromFindings([found], [], files, [])).toMatchObject([{ severity: 'error' }]);
  expect(issuesFromFindings([found], [found], files, [])).toMatchObject([{ severity: 'warning' }]);
});

test('a fault that was there before us is a warning with its line, whatever line it moved to (G7)', () => {
  const before = finding('unknown directive "foo"', '/etc/nginx/nginx.conf', 7);
  const after = { ...before, line: 9 };
  expect(issuesFromFindings([after], [before], files, [])).toMatchObject([
    { code: 'preflight.known-fault', severity: 'warning' },
  ]);
});
