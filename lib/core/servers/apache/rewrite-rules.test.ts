import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSite } from '../../rules/parse-site';
import { fullSites } from '../../site/testing/full-site';
import type { RenderTarget } from '../../web-server/render-target';
import { renderTarget } from '../render';

const target: RenderTarget = {
  server: 'apache',
  version: null,
  openssl: null,
  layout: 'debian',
  modules: null,
};
const examples = join(import.meta.dirname, '../../../../examples/sites');
const documents: readonly unknown[] = [
  ...readdirSync(examples).map((name) => parse(readFileSync(join(examples, name), 'utf8'))),
  ...fullSites,
];

function rewriteLines(document: unknown, version: string | null): readonly string[] {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return renderTarget([parsed.value], { ...target, version }).files.flatMap((file) =>
    file.kind === 'file'
      ? file.content.split('\n').filter((line) => /^\s*Rewrite(?:Cond|Rule) /.test(line))
      : [],
  );
}

/** mod_rewrite knows no escapes in its arguments: what the printer would escape must never reach it. */
const isRaw = (line: string) => !line.includes('\\\\') && !line.includes('\\"');

test.each([null, '2.4.37', '2.4.47', '2.4.71'])('rewrite lines need no escapes (version %s)', (version) => {
  for (const document of documents) {
    for (const line of rewriteLines(document, version)) expect(isRaw(line), line).toBe(true);
  }
});

test('a backslash or a quotation mark that people typed is written by its code', () => {
  const lines = rewriteLines(
    {
      schemaVersion: 1,
      name: 'ci',
      preset: 'generic',
      hostnames: ['ci.example.com'],
      tls: { mode: 'self-signed' },
      upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
      locations: [{ match: { kind: 'header', name: 'X-Agent', startsWith: 'a\\b"c\\"d\\' }, class: 'deny' }],
    },
    null,
  );
  expect(lines.filter((line) => !isRaw(line))).toEqual([]);
  expect(lines.join('\n')).toContain('"^a\\x5cb\\x22c\\x5c\\x22d\\x5c"');
});
