import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatPath } from '../../format-path';
import { parseSite } from '../../site/parse-site';
import { goldenDocuments } from '../conformance/golden-documents';
import { renderTarget } from '../render';
import type { RenderTarget } from '../types';
import { apacheCapabilities } from './capabilities';

/**
 * Committed configurations at every edge where the server changed, to be read in reviews. `UPDATE_GOLDEN=1 npx vitest run golden` rewrites them.
 */
const folder = join(import.meta.dirname, 'golden');
const update = process.env.UPDATE_GOLDEN === '1';

const targets: readonly (readonly [string, RenderTarget])[] = (
  [
    ['unknown', null, null, 'rhel'],
    ['2.4.37', '2.4.37', '1.1.1', 'rhel'],
    ['2.4.39', '2.4.39', '1.1.1', 'alpine'],
    ['2.4.47', '2.4.47', '3.0.22', 'debian'],
    ['2.4.71', '2.4.71', '3.5.0', 'freebsd'],
  ] as const
).map(([name, version, openssl, layout]) => [
  name,
  { server: 'apache', version, openssl, layout, modules: null },
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
  test.each(targets)('Apache %s', (version, target) => {
    compare(`${name}--${version}.conf`, render(document, target));
  });
});

test('every version gate has an edge among the goldens', () => {
  const sorted = targets.flatMap(([, { version }]) => (version === null ? [] : [version]));
  for (const since of Object.values(apacheCapabilities)) {
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
