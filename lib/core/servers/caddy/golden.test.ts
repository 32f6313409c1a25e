import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatPath } from '../../format-path';
import { parseSite } from '../../site/parse-site';
import { goldenDocuments } from '../conformance/golden-documents';
import { renderTarget } from '../render';
import type { RenderTarget } from '../types';
import { gates } from './capabilities';

/**
 * Committed configurations at every edge where the server changed, to be read in reviews. `UPDATE_GOLDEN=1 npx vitest run golden` rewrites them.
 */
const folder = join(import.meta.dirname, 'golden');
const update = process.env.UPDATE_GOLDEN === '1';

const targets: readonly (readonly [string, RenderTarget])[] = (
  [
    ['unknown', null, 'rhel'],
    ['2.6.2', '2.6.2', 'debian'],
    ['2.7.0', '2.7.0', 'alpine'],
    ['2.8.0', '2.8.0', 'debian'],
    ['2.11.4', '2.11.4', 'freebsd'],
  ] as const
).map(([name, version, layout]) => [
  name,
  { server: 'caddy', version, openssl: null, layout, modules: null },
]);

function render(document: unknown, target: RenderTarget): string {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { files, issues } = renderTarget([parsed.value], target);
  const parts = files.map((file) =>
    file.kind === 'link' ? `#=== ${file.path} -> ${file.target}\n` : `#=== ${file.path}\n${file.content}`,
  );
  const findings = issues.map(
    ({ severity, path, message }) => `#! ${severity} ${formatPath(path)}: ${message}\n`,
  );
  return [...parts, ...findings].join('');
}

function compare(name: string, content: string): void {
  const path = join(folder, name);
  if (update) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, content);
  }
  expect(content).toBe(readFileSync(path, 'utf8'));
}

describe.each(goldenDocuments)('%s', (name, document) => {
  test.each(targets)('Caddy %s', (version, target) => {
    compare(`${name}--${version}.caddy`, render(document, target));
  });
});

test('every version gate has an edge among the goldens', () => {
  const sorted = targets.flatMap(([, { version }]) => (version === null ? [] : [version]));
  for (const since of Object.values(gates)) {
    expect(
      sorted.some((version) => compareText(version, since)),
      since,
    ).toBe(true);
    expect(
      sorted.some((version) => !compareText(version, since)),
      since,
    ).toBe(true);
  }
});

const compareText = (version: string, since: string) =>
  version.localeCompare(since, 'en', { numeric: true }) >= 0;
