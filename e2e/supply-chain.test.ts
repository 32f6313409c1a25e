import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly version?: string;
}
const read = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));

test('class "supply chain" (CVE-2019-15107): every package is pinned by digest, and install scripts are named', () => {
  const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
  const installed = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
  expect(installed.length).toBeGreaterThan(100);
  for (const [path, { integrity, resolved, optional, version }] of installed) {
    expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
    // Binaries for other platforms are pinned by their version only.
    if (integrity || !optional) expect(integrity, path).toMatch(/^sha512-/);
    // Without an address it comes from the registry that the machine is set up for; the digest is the same everywhere.
    if (resolved) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
  const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
  const running = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.split('node_modules/').at(-1) ?? path);
  const undecided = running.filter((name) => !(name in allowScripts));
  expect(undecided, 'an install script that nobody decided about').toEqual([]);
});
