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
 * Committed configurations at every edge where nginx changed, to be read in reviews. `UPDATE_GOLDEN=1 npx vitest run golden` rewrites them.
 */
const folder = join(import.meta.dirname, 'golden');
const update = process.env.UPDATE_GOLDEN === '1';

const targets: readonly (readonly [string, RenderTarget])[] = (
  [
    ['unknown', null, null, 'rhel'],
    ['1.14.0', '1.14.0', '1.0.2', 'rhel'],
    ['1.19.3', '1.19.3', '1.1.1', 'debian'],
    ['1.22.1', '1.22.1', '3.0.22', 'debian'],
    ['1.23.2', '1.23.2', '3.0.22', 'alpine'],
    ['1.25.1', '1.25.1', '3.0.22', 'debian'],
    ['1.29.6', '1.29.6', '3.5.0', 'debian'],
    ['1.31.5', '1.31.5', '3.5.7', 'freebsd'],
  ] as const
).map(([name, version, openssl, layout]) => [
  name,
  { server: 'nginx', version, openssl, layout, modules: null },
]);

function render(document: unknown, target: RenderTarget): string {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { files, issues } = renderTarget([parsed.value], target);
  const parts = files.map((file) =>
    file.kind === 'link'
      ? `#=== ${file.path} -> ${file.target}\n`
      : `#=== ${file.path}\n${file.role === 'shared' ? '# (see shared.conf)\n' : file.content}`,
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
  test.each(targets)('nginx %s', (version, target) => {
    compare(`${name}--${version}.conf`, render(document, target));
  });
});

test('what all sites share', () => {
  const site = parseSite(goldenDocuments[0]?.[1]);
  const [shared] = site.ok ? renderTarget([site.value], targets[3]?.[1] as RenderTarget).files : [];
  compare('shared.conf', shared?.kind === 'file' ? shared.content : '');
});

test('every version gate has an edge among the goldens', () => {
  const versions = new Set(targets.flatMap(([, { version }]) => (version === null ? [] : [version])));
  const features = (version: string) =>
    Object.values(gates).filter(({ since }) => compareText(version, since)).length;
  const sorted = [...versions];
  for (const { since } of Object.values(gates)) {
    expect(
      sorted.some((version) => compareText(version, since)),
      since,
    ).toBe(true);
    expect(
      sorted.some((version) => !compareText(version, since)),
      since,
    ).toBe(true);
  }
  expect(new Set(sorted.map(features)).size).toBe(sorted.length);
});

const compareText = (version: string, since: string) =>
  version.localeCompare(since, 'en', { numeric: true }) >= 0;
