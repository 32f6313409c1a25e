import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'golden');

test('class "server bug" (CVE-2026-42945): no rewrite puts a question mark and a capture together', () => {
  const rewrites = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => /^\s*rewrite\s/.test(line)),
  );
  expect(rewrites.length).toBeGreaterThan(0);
  // In nginx to 1.30.0 such a replacement writes past its buffer.
  expect(rewrites.filter((line) => /\?/.test(line) && /\$\d/.test(line))).toEqual([]);
});
