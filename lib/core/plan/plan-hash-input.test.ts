import { expect, test } from 'vitest';
import { planHashInput } from './plan-hash-input';
import type { TargetPlan } from './target-plan';

const hash = (digit: string) => digit.repeat(64);
const plan: TargetPlan = {
  targetId: 't1',
  hostId: 'h1',
  hostName: 'web1',
  target: { server: 'nginx', version: '1.22.1', openssl: '3.0.22', layout: 'debian', modules: null },
  sites: [{ siteId: 's1', name: 'ci', from: 1, to: 2, selected: true }],
  changes: [
    {
      path: '/etc/nginx/a',
      action: 'update',
      before: { kind: 'file', sha256: hash('a'), mode: 0o644, owner: 'root', group: 'root' },
      beforeContent: 'old',
      after: { kind: 'file', content: 'new', sha256: hash('b'), mode: 0o644 },
      role: 'site',
      site: 'ci',
      drifted: false,
      lastApplied: null,
    },
    {
      path: '/etc/nginx/b',
      action: 'create',
      before: { kind: 'absent' },
      beforeContent: null,
      after: { kind: 'link', target: '/etc/nginx/a' },
      role: 'enable',
      site: 'ci',
      drifted: false,
      lastApplied: null,
    },
  ],
  certificates: [
    {
      kind: 'self-signed',
      certificatePath: '/c.crt',
      keyPath: '/c.key',
      hostnames: ['a.test', 'b.test'],
      missing: true,
    },
  ],
  listeners: [{ port: 443, protocol: 'tcp' }],
  identities: [],
  modules: [],
  startServer: false,
  accepted: [],
  takenOver: [],
  preflight: {
    status: 'passed',
    method: 'namespace',
    baseline: 'passed',
    output: '',
    baselineOutput: '',
    issues: [],
  },
  issues: [],
  baselineProbes: [],
};
type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };
const edited = (edit: (copy: Mutable<TargetPlan>) => void) => {
  const copy = structuredClone(plan) as Mutable<TargetPlan>;
  edit(copy);
  return planHashInput([copy]);
};

test('an approval covers everything that will be written and everything it replaces', () => {
  const [reviewed] = [planHashInput([plan])];
  const edits: ((copy: Mutable<TargetPlan>) => void)[] = [
    (copy) => Object.assign(copy.changes[0]?.after ?? {}, { sha256: hash('c') }),
    (copy) => Object.assign(copy.changes[0]?.after ?? {}, { mode: 0o600 }),
    (copy) => Object.assign(copy.changes[0]?.before ?? {}, { sha256: hash('c') }),
    (copy) => Object.assign(copy.changes[0]?.before ?? {}, { owner: 'deploy' }),
    (copy) => Object.assign(copy.changes[1]?.after ?? {}, { target: '/etc/passwd' }),
    (copy) => Object.assign(copy.changes[1] ?? {}, { path: '/etc/nginx/c' }),
    (copy) => copy.changes.pop(),
    (copy) => Object.assign(copy.sites[0] ?? {}, { to: 3 }),
    (copy) => copy.certificates[0]?.hostnames.push('c.test'),
    (copy) => copy.listeners.pop(),
    (copy) => Object.assign(copy, { startServer: true }),
    (copy) => Object.assign(copy, { targetId: 't2' }),
    (copy) => Object.assign(copy, { accepted: [{ id: 'x', reason: 'meant' }] }),
  ];
  for (const edit of edits) expect(edited(edit), edit.toString()).not.toBe(reviewed);
});

test('order and what only informs do not matter', () => {
  const reviewed = planHashInput([plan]);
  expect(edited((copy) => copy.changes.reverse())).toBe(reviewed);
  expect(edited((copy) => copy.certificates[0]?.hostnames.reverse())).toBe(reviewed);
  expect(edited((copy) => Object.assign(copy.preflight, { output: 'nginx: ok' }))).toBe(reviewed);
  const second = { ...plan, targetId: 't2' };
  expect(planHashInput([plan, second])).toBe(planHashInput([second, plan]));
});
