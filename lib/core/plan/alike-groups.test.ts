import { expect, test } from 'vitest';
import type { Change } from '../change/change';
import { alikeGroups } from './alike-groups';
import { siteGroups } from './site-groups';
import type { TargetPlan } from './target-plan';

const text = (name: string, port: number, timeout: string) =>
  `server_name ${name}.example.com;\nproxy_pass http://10.0.0.1:${port};\nproxy_read_timeout ${timeout};\n`;
const change = (name: string, content: string, more: Partial<Change> = {}): Change => ({
  path: `/etc/nginx/sites-available/gatehouse-${name}.conf`,
  action: 'create',
  before: { kind: 'absent' },
  beforeContent: null,
  after: { kind: 'file', content, sha256: 'x', mode: 0o644 },
  role: 'site',
  site: name,
  drifted: false,
  lastApplied: null,
  ...more,
});
const target = (changes: readonly Change[], more: Partial<TargetPlan> = {}): TargetPlan => ({
  targetId: 't',
  hostId: 'h',
  hostName: 'web1',
  target: { server: 'nginx', version: '1.22.1', openssl: null, layout: 'debian', modules: null },
  sites: [...new Set(changes.flatMap(({ site }) => site ?? []))].map((name) => ({
    siteId: name,
    name,
    from: null,
    to: 1,
    selected: true,
  })),
  changes: [...changes],
  certificates: [],
  listeners: [],
  modules: [],
  startServer: false,
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
  identities: [],
  accepted: [],
  takenOver: [],
  ...more,
});
const sizes = (plan: TargetPlan) => alikeGroups(siteGroups(plan)).map(({ groups }) => groups.length);

test('sites of one template are one group, with the values in which they differ', () => {
  const plan = target(['a', 'b', 'c'].map((name, n) => change(name, text(name, 8010 + n, '60s'))));
  const [alike, ...others] = alikeGroups(siteGroups(plan));
  expect(others).toEqual([]);
  expect([...(alike?.differences.values() ?? [])]).toEqual([['8010'], ['8011'], ['8012']]);
});

test('a site with another setting is never hidden in a group', () => {
  const timeouts = ['60s', '60s', '60s', '61s'];
  expect(sizes(target(timeouts.map((timeout, n) => change(`s${n}`, text(`s${n}`, 8010, timeout)))))).toEqual([
    3, 1,
  ]);
});

test('two are no group, and a finding of one site sets it apart', () => {
  expect(sizes(target(['a', 'b'].map((name) => change(name, text(name, 8010, '60s')))))).toEqual([1, 1]);
  const plan = target(
    ['a', 'b', 'c'].map((name) => change(name, text(name, 8010, '60s'))),
    { issues: [{ code: 'plan.overwrites', severity: 'warning', path: [], message: 'x', site: 'b' }] },
  );
  expect(sizes(plan)).toEqual([1, 1, 1]);
});

test('what the sites share comes first, and what stays as it is does not come at all', () => {
  const shared = change('', 'map {}', {
    site: null,
    role: 'shared',
    path: '/etc/nginx/conf.d/gatehouse.conf',
  });
  const same = change('z', 'x', { action: 'noop' });
  const groups = siteGroups(target([change('a', 'x'), same, shared]));
  expect(groups.map(({ site, kind }) => [site?.name ?? null, kind])).toEqual([
    [null, 'shared'],
    ['a', 'new'],
    ['z', 'new'],
  ]);
});
