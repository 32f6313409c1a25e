import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LiveFile } from '../change/file-state';
import type { AppliedFile } from './applied-file';
import { buildPlan, type PlanInput } from './build-plan';
import type { DesiredEntry } from './desired';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const entry = (path: string, content: string, site: string | null = 'ci'): DesiredEntry => ({
  file: { kind: 'file', path, content, sha256: sha256(content), mode: 0o644 },
  role: site === null ? 'shared' : 'site',
  site,
});
const live = (path: string, content: string, mode = 0o644, owner = 'root'): LiveFile => ({
  path,
  fingerprint: { kind: 'file', sha256: sha256(content), mode, owner, group: 'root' },
  content,
});
const applied = ({ file, role, site }: DesiredEntry): AppliedFile => ({ document: file, role, site });

function plan(given: Partial<Omit<PlanInput, 'live'>> & { live?: readonly LiveFile[] }) {
  return buildPlan({
    server: 'nginx',
    desired: { entries: [], includes: [] },
    applied: [],
    selected: new Set(['ci']),
    sha256,
    ...given,
    live: new Map((given.live ?? []).map((file) => [file.path, file])),
  });
}
const desired = (...entries: DesiredEntry[]) => ({ entries, includes: [] });
const path = '/etc/nginx/sites-available/ci.conf';

describe('every path gets the change that leads from what is to what should be', () => {
  test('absent becomes create, equal noop, different update, unwanted delete', () => {
    const { changes, issues } = plan({
      desired: desired(entry('/etc/a', 'a'), entry('/etc/b', 'b'), entry('/etc/c', 'new')),
      live: [live('/etc/b', 'b'), live('/etc/c', 'old'), live('/etc/d', 'd')],
      applied: [
        applied(entry('/etc/b', 'b')),
        applied(entry('/etc/c', 'old')),
        applied(entry('/etc/d', 'd')),
      ],
    });
    expect(changes.map(({ path, action }) => [path, action])).toEqual([
      ['/etc/a', 'create'],
      ['/etc/b', 'noop'],
      ['/etc/c', 'update'],
      ['/etc/d', 'delete'],
    ]);
    expect(changes[0]?.before).toEqual({ kind: 'absent' });
    expect(changes[2]).toMatchObject({ beforeContent: 'old', drifted: false });
    expect(issues).toEqual([]);
  });

  test('applying the changes to the host makes it as desired, and a second plan is empty (G9)', () => {
    const paths = ['/etc/a', '/etc/b', '/etc/c', '/etc/d'];
    const tree = fc.dictionary(fc.constantFrom(...paths), fc.constantFrom('one', 'two', 'three'));
    fc.assert(
      fc.property(tree, tree, tree, (want, have, left) => {
        const entries = Object.entries(want).map(([at, text]) => entry(at, text));
        const before = Object.entries(have).map(([at, text]) => live(at, text));
        const memory = Object.entries(left).map(([at, text]) => applied(entry(at, text)));
        const first = plan({ desired: desired(...entries), live: before, applied: memory });
        const state = new Map(before.map((file) => [file.path, file]));
        for (const change of first.changes) {
          expect(change.before).toEqual(state.get(change.path)?.fingerprint ?? { kind: 'absent' });
          if (change.action === 'noop') continue;
          if (change.after.kind === 'file') state.set(change.path, live(change.path, change.after.content));
          else state.delete(change.path);
        }
        for (const [at, text] of Object.entries(want)) expect(state.get(at)?.content).toBe(text);
        // What is neither wanted nor ours stays (G6).
        for (const [at, text] of Object.entries(have)) {
          if (!(at in want) && !(at in left)) expect(state.get(at)?.content).toBe(text);
        }
        const second = plan({
          desired: desired(...entries),
          live: [...state.values()],
          applied: entries.map(applied),
        });
        expect(second.changes.every((change) => change.action === 'noop')).toBe(true);
      }),
    );
  });

  test('wrong permissions or owner alone are an update', () => {
    for (const file of [live(path, 'x', 0o666), live(path, 'x', 0o644, 'deploy')]) {
      expect(plan({ desired: desired(entry(path, 'x')), live: [file] }).changes[0]?.action).toBe('update');
    }
  });

  test('a link is compared by its target', () => {
    const link: DesiredEntry = {
      file: { kind: 'link', path: '/etc/nginx/sites-enabled/ci.conf', target: path },
      role: 'enable',
      site: 'ci',
    };
    const at = (target: string): LiveFile => ({
      path: link.file.path,
      fingerprint: { kind: 'link', target },
      content: null,
    });
    expect(plan({ desired: desired(link), live: [at(path)] }).changes[0]?.action).toBe('noop');
    expect(plan({ desired: desired(link), live: [at('/etc/other')] }).changes[0]).toMatchObject({
      action: 'update',
      after: { kind: 'link', target: path },
    });
  });

  test('a directory in the way is an error at the site and is never touched', () => {
    const { changes, issues } = plan({
      desired: desired(entry(path, 'x')),
      live: [{ path, fingerprint: { kind: 'other' }, content: null }],
    });
    expect(changes).toEqual([]);
    expect(issues).toMatchObject([{ code: 'plan.path-occupied', severity: 'error', site: 'ci' }]);
  });
});

describe('manual edits are seen and never overwritten silently', () => {
  const old = applied(entry(path, 'as applied'));

  test('a chosen site: the plan replaces the edit, says so and carries all three texts', () => {
    const { changes, issues } = plan({
      desired: desired(entry(path, 'new')),
      live: [live(path, 'by hand')],
      applied: [old],
    });
    expect(changes[0]).toMatchObject({
      action: 'update',
      drifted: true,
      lastApplied: 'as applied',
      beforeContent: 'by hand',
    });
    expect(issues).toMatchObject([{ code: 'plan.drift', severity: 'warning' }]);
  });

  test('another site: its edited file stays as it is and is still compared by the host', () => {
    const { changes, issues } = plan({
      desired: desired(entry(path, 'as applied', 'other')),
      live: [live(path, 'by hand')],
      applied: [{ ...old, site: 'other' }],
    });
    expect(changes[0]).toMatchObject({
      action: 'noop',
      drifted: true,
      before: live(path, 'by hand').fingerprint,
    });
    expect(issues).toMatchObject([{ code: 'plan.drift-kept', severity: 'advice' }]);
  });

  test('a file deleted by hand is drift too', () => {
    const { changes } = plan({ desired: desired(entry(path, 'as applied')), applied: [old] });
    expect(changes[0]).toMatchObject({ action: 'create', drifted: true, lastApplied: 'as applied' });
  });

  test('an unknown file at our path is named before it is replaced', () => {
    const { issues } = plan({ desired: desired(entry(path, 'x')), live: [live(path, 'who?')] });
    expect(issues).toMatchObject([{ code: 'plan.foreign-file', severity: 'warning' }]);
  });
});

describe('a file of somebody else gets our line and nothing else (G6)', () => {
  const caddyfile = '/etc/caddy/Caddyfile';
  const line = 'import /etc/caddy/gatehouse/*.caddy';
  const includes = [{ path: caddyfile, line }];

  test('the edit is made in the file as it is now', () => {
    const { changes } = plan({
      server: 'caddy',
      desired: { entries: [], includes },
      live: [live(caddyfile, ':80\nrespond hi', 0o640)],
    });
    expect(changes[0]).toMatchObject({
      action: 'update',
      role: 'include',
      after: { content: `:80\nrespond hi\n${line}\n`, mode: 0o640 },
    });
  });

  test('there already: nothing to do; no longer needed: only the line goes', () => {
    const there = live(caddyfile, `# mine\n${line}\n:80\n`);
    const kept = plan({ server: 'caddy', desired: { entries: [], includes }, live: [there] });
    expect(kept.changes[0]?.action).toBe('noop');
    const removed = plan({
      server: 'caddy',
      live: [there],
      applied: [{ document: { kind: 'lines', path: caddyfile, lines: [line] }, role: 'include', site: null }],
    });
    expect(removed.changes[0]).toMatchObject({ action: 'update', after: { content: '# mine\n:80\n' } });
  });

  test('nginx: inside the http block, whatever braces are in comments and quotes', () => {
    const main = '/etc/nginx/nginx.conf';
    const content =
      'events {}\n# http { }\nhttp {\n  log_format x "} \\" {";\n  server { listen 80; }\n}\nstream { }\n';
    const { changes } = plan({
      desired: { entries: [], includes: [{ path: main, line: 'include conf.d/*.conf;' }] },
      live: [live(main, content)],
    });
    expect(changes[0]?.after).toMatchObject({
      content: content.replace('listen 80; }\n}', 'listen 80; }\n    include conf.d/*.conf;\n}'),
    });
  });

  test('no place for it: an error that says what to do', () => {
    const { changes, issues } = plan({
      desired: { entries: [], includes: [{ path: '/etc/nginx/nginx.conf', line: 'include x;' }] },
      live: [live('/etc/nginx/nginx.conf', 'events {}\n')],
    });
    expect(changes).toEqual([]);
    expect(issues).toMatchObject([{ code: 'plan.include-impossible', severity: 'error' }]);
  });
});
