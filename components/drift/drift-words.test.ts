import { describe, expect, test } from 'vitest';
import { driftSentence, groupByHost, revertSentence } from './drift-words';

const file = (mode: number, owner: string) =>
  ({ kind: 'file', sha256: 'a'.repeat(64), mode, owner, group: 'root' }) as const;
const left = { kind: 'file', mode: 0o644 } as const;

describe('what a person reads about a drifted file says what differs', () => {
  test('mode and owner, each only where it differs', () => {
    const say = (mode: number, owner: string) =>
      driftSentence({ state: 'permissions', role: 'site', liveState: file(mode, owner), leftState: left });
    expect(say(0o600, 'root')).toBe('The text is ours, but it has mode 0600 instead of 0644.');
    expect(say(0o644, 'www')).toBe('The text is ours, but it has owner www:root instead of root.');
    expect(say(0o600, 'www')).toContain('mode 0600 instead of 0644 and owner www:root');
  });

  test('a link names both ends', () => {
    expect(
      driftSentence({
        state: 'changed',
        role: 'enable',
        liveState: { kind: 'link', target: '/tmp/x' },
        leftState: { kind: 'link', target: '../a' },
      }),
    ).toBe('The link points to /tmp/x instead of ../a.');
  });

  test('the rest of a file that is not ours is not touched', () => {
    expect(revertSentence({ state: 'changed', role: 'include' })).toContain(
      'leaves the rest of the file alone',
    );
  });
});

test('groupByHost keeps the order of hosts and files', () => {
  const files = [
    { hostId: 'b', path: '1' },
    { hostId: 'a', path: '2' },
    { hostId: 'b', path: '3' },
  ];
  expect([...groupByHost(files)].map(([host, of]) => [host, of.map(({ path }) => path)])).toEqual([
    ['b', ['1', '3']],
    ['a', ['2']],
  ]);
});
