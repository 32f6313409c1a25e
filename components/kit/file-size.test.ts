import { expect, test } from 'vitest';
import { fileSize } from './file-size';
import { shellWord } from './shell-word';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1400, '1.4 kB'],
  [123_456, '123 kB'],
  [2_500_000_000, '2.5 GB'],
])('%d bytes read as %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});

test('a path with spaces and quotes stays one word of a command that is copied', () => {
  expect(shellWord('/var/lib/gatehouse')).toBe('/var/lib/gatehouse');
  expect(shellWord("/srv/a b'; rm -rf /")).toBe("'/srv/a b'\\''; rm -rf /'");
});
