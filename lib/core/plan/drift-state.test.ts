import { describe, expect, test } from 'vitest';
import type { Fingerprint, LiveFile } from '../change/file-state';
import type { AppliedDocument } from './applied-file';
import { driftState, printText } from './drift-state';

const path = '/etc/nginx/sites-available/gatehouse-ci.conf';
const sha = (digit: string) => digit.repeat(64);
const file = (more: Partial<Extract<Fingerprint, { kind: 'file' }>> = {}): Fingerprint => ({
  kind: 'file',
  sha256: sha('a'),
  mode: 0o644,
  owner: 'root',
  group: 'root',
  ...more,
});
const live = (fingerprint: Fingerprint, content: string | null = null): LiveFile => ({
  path,
  fingerprint,
  content,
});
const ours: AppliedDocument = { kind: 'file', path, content: 'x', sha256: sha('a'), mode: 0o644 };
const link: AppliedDocument = { kind: 'link', path, target: '../sites-available/gatehouse-ci.conf' };
const line: AppliedDocument = { kind: 'lines', path, lines: ['import gatehouse.d/*.caddy'] };

describe('driftState tells a person how a path differs from what we left there', () => {
  test.each([
    ['as we left it', live(file()), ours, null],
    ['other text', live(file({ sha256: sha('b') })), ours, 'changed'],
    ['gone', live({ kind: 'absent' }), ours, 'missing'],
    ['our text, other mode', live(file({ mode: 0o600 })), ours, 'permissions'],
    ['our text, other owner', live(file({ owner: 'www-data' })), ours, 'permissions'],
    ['other text and mode counts as text', live(file({ sha256: sha('b'), mode: 0o600 })), ours, 'changed'],
    ['a link where a file was', live({ kind: 'link', target: '/tmp/x' }), ours, 'replaced'],
    ['a directory where a file was', live({ kind: 'other' }), ours, 'replaced'],
    ['our link', live({ kind: 'link', target: link.target }), link, null],
    ['our link, to elsewhere', live({ kind: 'link', target: '/tmp/x' }), link, 'changed'],
    ['a file where a link was', live(file()), link, 'replaced'],
    ['our line among others', live(file(), 'a\n  import gatehouse.d/*.caddy\nb\n'), line, null],
    ['our line is gone', live(file(), 'a\nb\n'), line, 'changed'],
    ['the file with our line is gone', live({ kind: 'absent' }), line, 'missing'],
    ['a file of another', live(file()), null, 'stray'],
    ['no file of another', live({ kind: 'absent' }), null, null],
  ] as const)('%s', (_, found, applied, state) => {
    expect(driftState(found, applied)).toBe(state);
  });
});

describe('printText: a decision holds for one state of a path and for no other', () => {
  test('every part of a fingerprint counts', () => {
    const prints = [
      file(),
      file({ sha256: sha('b') }),
      file({ mode: 0o600 }),
      file({ owner: 'www-data' }),
      file({ group: 'adm' }),
      { kind: 'absent' },
      { kind: 'other' },
      { kind: 'link', target: 'a' },
      { kind: 'link', target: 'b' },
    ] as const;
    expect(new Set(prints.map(printText)).size).toBe(prints.length);
    expect(printText(file())).toBe(printText({ ...file() }));
  });
});
