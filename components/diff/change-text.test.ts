import { describe, expect, test } from 'vitest';
import type { Change } from '#core/change/change';
import { fieldHref, orderIssues } from '../kit/issue-order';
import { describeChange, list, summarize } from './change-text';

const file = (mode = 0o644, owner = 'root') =>
  ({ kind: 'file', sha256: 'a'.repeat(64), mode, owner, group: owner }) as const;
const change = (over: Partial<Change>): Change => ({
  path: '/etc/nginx/conf.d/x.conf',
  action: 'update',
  before: file(),
  beforeContent: 'a\n',
  after: { kind: 'file', content: 'b\n', sha256: 'b'.repeat(64), mode: 0o644 },
  role: 'site',
  site: 'ci',
  drifted: false,
  lastApplied: null,
  ...over,
});

describe('a reviewer is told what no line of a diff shows', () => {
  test('mode and owner', () => {
    expect(describeChange(change({ before: file(0o666, 'deploy') }))).toEqual([
      'Mode 0666 → 0644',
      'Owner deploy:deploy → root:root',
    ]);
  });

  test('links: new, moved, removed, replaced', () => {
    const link = (target: string) => ({ kind: 'link', target }) as const;
    const text = (over: Partial<Change>) => describeChange(change({ beforeContent: null, ...over }));
    expect(text({ action: 'create', before: { kind: 'absent' }, after: link('../a') })).toEqual([
      'A link to ../a',
    ]);
    expect(text({ before: link('../a'), after: link('../b') })).toEqual([
      'The link to ../a will point to ../b',
    ]);
    expect(text({ action: 'delete', before: link('../a'), after: { kind: 'absent' } })).toEqual([
      'The link to ../a is removed',
    ]);
    expect(text({ before: link('../a') })).toEqual(['The link to ../a is replaced by a file']);
  });

  test('a text that did not come along is not passed off as empty', () => {
    expect(describeChange(change({ beforeContent: null }))).toContain(
      'The text on the host now is not shown: it is too long or not readable',
    );
  });
});

describe('summary', () => {
  const sum = (actions: Change['action'][], names: string[] = []) =>
    summarize({
      changes: actions.map((action) => change({ action })),
      certificates: names.length
        ? [{ kind: 'self-signed', certificatePath: '/c', keyPath: '/k', hostnames: names, missing: true }]
        : [],
    });

  test('counts in words', () => {
    expect(sum(['update', 'update', 'create'])).toBe('2 files change, 1 is created');
    expect(sum(['create'], ['ci.example.com'])).toBe(
      '1 file is created; a certificate is made for ci.example.com',
    );
    expect(sum(['create', 'create', 'delete'])).toBe('2 files are created, 1 is deleted');
    expect(sum(['noop'])).toBe('No file changes');
  });

  test('lists read as in a sentence', () => {
    expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});

describe('issues', () => {
  const issue = {
    code: 'x',
    severity: 'warning',
    path: ['upstreams', 0, 'servers', 0, 'port'],
    message: 'm',
  } as const;
  const sites = [
    { siteId: 's1', name: 'ci' },
    { siteId: 's2', name: 'docs' },
  ];

  test('errors come first and nothing is told twice', () => {
    const error = { ...issue, path: [...issue.path], severity: 'error' as const };
    const warning = { ...issue, path: [...issue.path], message: 'other' };
    expect(
      orderIssues([warning, { ...error, severity: 'warning' }, error, warning]).map(
        ({ severity }) => severity,
      ),
    ).toEqual(['error', 'warning']);
  });

  test('a finding leads to the field that made it, of the site that it names', () => {
    const of = (site?: string) => fieldHref('t', { path: [...issue.path], ...(site && { site }) }, sites);
    expect(of('docs')).toBe('/t/sites/s2/edit?field=upstreams.0.servers.0.port');
    expect(of('gone')).toBeNull();
    expect(of()).toBeNull();
    expect(fieldHref('t', { path: ['tls'] }, sites.slice(0, 1))).toBe('/t/sites/s1/edit?field=tls');
    expect(fieldHref('t', { path: [] }, sites.slice(0, 1))).toBeNull();
  });
});
