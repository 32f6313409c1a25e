import { expect, test } from 'vitest';
import type { Change } from './change';
import { applyHunks } from './diff';
import { threeWay } from './three-way';

const change: Change = {
  path: '/etc/nginx/a',
  action: 'update',
  before: { kind: 'file', sha256: 'a'.repeat(64), mode: 0o644, owner: 'root', group: 'root' },
  beforeContent: 'listen 443;\n# by hand\n',
  after: { kind: 'file', content: 'listen 8443;\n', sha256: 'b'.repeat(64), mode: 0o644 },
  role: 'site',
  site: 'ci',
  drifted: true,
  lastApplied: 'listen 443;\n',
};

test('a drifted file shows what was done by hand, what we changed since, and what applying does', () => {
  const seen = threeWay(change);
  expect(applyHunks(change.lastApplied, seen?.handEdit ?? [])).toBe('listen 443;\n# by hand\n');
  expect(applyHunks(change.lastApplied, seen?.ownEdit ?? [])).toBe('listen 8443;\n');
  expect(applyHunks(change.beforeContent, seen?.result ?? [])).toBe('listen 8443;\n');
});

test('without drift there is nothing to compare three ways', () => {
  expect(threeWay({ ...change, drifted: false })).toBeNull();
});
