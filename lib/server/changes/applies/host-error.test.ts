import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hostErrorIssue } from '#core/plan/host-error';

/** Codes that the helper gives as a reason, as written in its text. */
function helperCodes(): string[] {
  const directory = new URL('../../hosts/helper/script/', import.meta.url);
  const text = readdirSync(directory)
    .map((name) => readFileSync(new URL(name, directory), 'utf8'))
    .join('\n');
  const patterns = [
    /\b(?:refuse|refuse_step|fail|watchdog_undo) ([a-z]+(?:-[a-z]+)+|changed|conflict|requested|interrupted)\b/g,
    /\bundo ([a-z][a-z-]+) (?:near|afar)/g,
    /\bfailure=([a-z][a-z-]+)/g,
    /\berror ([a-z]+(?:-[a-z]+)+)/g,
    /\bstep [a-z-]+ (?:failed|skipped) ([a-z][a-z-]+)/g,
  ];
  return [
    ...new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code ?? ''))),
  ].sort();
}

test('every reason that a host can give has words for people', () => {
  const codes = helperCodes();
  expect(codes.length).toBeGreaterThan(30);
  const unknown = codes.filter((code) => hostErrorIssue(code).message.includes(`“${code}”`));
  expect(unknown).toEqual([]);
});

test('what a tool said is one capped line of the message', () => {
  const { message } = hostErrorIssue('write-failed', {
    path: '/etc/a',
    text: `first ${'x'.repeat(1000)}\nsecond`,
  });
  expect(message).toContain('(/etc/a: first ');
  expect(message).not.toContain('second');
  expect(message.length).toBeLessThan(500);
});
