import { expect, test } from 'vitest';
import type { Fingerprint } from '../change/file-state';
import { howMoved } from './explain-moved';

const file = (edit: Partial<Extract<Fingerprint, { kind: 'file' }>> = {}): Fingerprint => ({
  kind: 'file',
  sha256: 'a'.repeat(64),
  mode: 0o644,
  owner: 'root',
  group: 'root',
  ...edit,
});
const absent: Fingerprint = { kind: 'absent' };

test('the reviewer learns how a path moved since the review', () => {
  expect(howMoved(absent, file())).toBe('appeared');
  expect(howMoved(file(), absent)).toBe('was deleted');
  expect(howMoved(file(), file({ sha256: 'b'.repeat(64) }))).toBe('its content was edited');
  expect(howMoved(file(), file({ mode: 0o600 }))).toBe('its permissions went from 0644 to 0600');
  expect(howMoved(file(), file({ owner: 'deploy' }))).toBe('its owner went from root:root to deploy:root');
  expect(howMoved({ kind: 'link', target: '/a' }, { kind: 'link', target: '/b' })).toBe(
    'it links to /b instead of /a',
  );
  expect(howMoved(file(), { kind: 'link', target: '/b' })).toBe('it was a file and is a link');
  expect(howMoved(file(), file())).toBeNull();
});
