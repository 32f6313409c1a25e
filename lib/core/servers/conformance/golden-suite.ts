import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatPath } from '../../format-path';
import { parseSite } from '../../rules/parse-site';
import type { RenderTarget } from '../../web-server/render-target';
import { atLeast } from '../../web-server/version';
import { renderTarget } from '../render';
import { goldenDocuments } from './golden-documents';

export interface Goldens {
  readonly server: RenderTarget['server'];
  readonly folder: string;
  /** How their names end. */
  readonly extension: string;
  /** The name is what the files of each carry. */
  readonly targets: readonly (readonly [
    name: string,
    version: string | null,
    openssl: string | null,
    layout: RenderTarget['layout'],
  ])[];
  /** Every version at which the server learned something. */
  readonly since: readonly string[];
  /** Name of the target whose file for all sites is kept once instead of in each golden. */
  readonly sharedOf?: string;
}

/**
 * Committed configurations at every edge where a server changed, to be read in reviews. `UPDATE_GOLDEN=1 npx vitest run golden` rewrites them.
 */
export function goldenSuite({ server, folder, extension, targets: rows, since, sharedOf }: Goldens): void {
  const targets = rows.map(
    ([name, version, openssl, layout]) =>
      [name, { server, version, openssl, layout, modules: null }] satisfies [string, RenderTarget],
  );

  function compare(name: string, content: string): void {
    const path = join(folder, `${name}.${extension}`);
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, content);
    }
    expect(content).toBe(readFileSync(path, 'utf8'));
  }

  describe.each(goldenDocuments)('%s', (name, document) => {
    test.each(targets)('%s', (version, target) => {
      const { files, issues } = render(document, target);
      const parts = files.map((file) => {
        if (file.kind === 'link') return `#=== ${file.path} -> ${file.target}\n`;
        const elsewhere = sharedOf !== undefined && file.role === 'shared';
        return `#=== ${file.path}\n${elsewhere ? `# (see shared.${extension})\n` : file.content}`;
      });
      const findings = issues.map(
        ({ severity, path, message }) => `#! ${severity} ${formatPath(path)}: ${message}\n`,
      );
      compare(`${name}--${version}`, [...parts, ...findings].join(''));
    });
  });

  const sharing = targets.find(([name]) => name === sharedOf)?.[1];
  if (sharing) {
    test('what all sites share', () => {
      const [shared] = render(goldenDocuments[0]?.[1], sharing).files;
      compare('shared', shared?.kind === 'file' ? shared.content : '');
    });
  }

  test('every version gate has an edge among the goldens', () => {
    const versions = targets.flatMap(([, { version }]) => version ?? []);
    for (const gate of since) {
      const behind = versions.filter((version) => atLeast(version, gate)).length;
      expect(behind, gate).toBeGreaterThan(0);
      expect(behind, gate).toBeLessThan(versions.length);
    }
  });
}

function render(document: unknown, target: RenderTarget) {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return renderTarget([parsed.value], target);
}
