import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSite } from '../rules/parse-site';
import type { Site } from '../site/schema';
import { fullSites } from '../site/testing/full-site';
import type { RenderTarget } from '../web-server/render-target';
import { compareVersions } from '../web-server/version';
import { apacheCapabilities } from './apache/capabilities';
import { withoutTokens } from './block-tokens';
import { gates as caddyGates } from './caddy/capabilities';
import { gates as nginxGates } from './nginx/capabilities';
import { renderTarget } from './render';
import type { LineOrigin } from './types';

/** Guarantee: every line has a stated reason, and where a version decided, which one. */
const examples = join(import.meta.dirname, '../../../examples/sites');
const documents = [
  ...readdirSync(examples).map((name) => parse(readFileSync(join(examples, name), 'utf8'))),
  ...fullSites,
];
const sites: readonly Site[] = documents.map((document) => {
  const parsed = parseSite(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
});

/** First version with each feature, and the ones right before it. */
const edges: Readonly<Record<RenderTarget['server'], readonly string[]>> = {
  nginx: Object.values(nginxGates).flatMap((gate) => [gate.since, ...('until' in gate ? [gate.until] : [])]),
  apache: Object.values(apacheCapabilities),
  caddy: Object.values(caddyGates),
};

/** `1.25.1` → `1.25.0`, `2.7.0` → `2.6.99`. */
function versionBelow(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return patch > 0 ? `${major}.${minor}.${patch - 1}` : `${major}.${minor - 1}.99`;
}

interface Line {
  readonly text: string;
  readonly origin: LineOrigin;
}

function linesOf(site: Site, target: RenderTarget): readonly Line[] {
  return renderTarget([site], target).files.flatMap((file) =>
    file.kind === 'file'
      ? file.content.split('\n').flatMap((text, index) => {
          const origin = file.lines[index];
          return origin === undefined ? [] : [{ text: text.trim(), origin }];
        })
      : [],
  );
}

// Comments explain themselves, and the end of a block belongs to its beginning.
const needsReason = ({ text }: Line) => text !== '' && !text.startsWith('#') && text !== '}';

/** Lines of the first that the second has not, counted. */
function missingIn(lines: readonly Line[], others: readonly Line[]): readonly Line[] {
  const left = new Map<string, number>();
  for (const other of others) {
    const text = withoutTokens(other.text);
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return lines.filter((line) => {
    const text = withoutTokens(line.text);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

const changedLines = (older: readonly Line[], newer: readonly Line[]): readonly Line[] => [
  ...missingIn(older, newer),
  ...missingIn(newer, older),
];

/** What is wrong, in words: lines of any site that need a reason and are told by `wrongLines`. */
const told = (wrongLines: (site: Site) => readonly Line[]): string[] =>
  sites.flatMap((site) =>
    wrongLines(site)
      .filter(needsReason)
      .map(({ text, origin }) => `${site.name}: ${text} (${origin.why})`),
  );

describe.each(['nginx', 'apache', 'caddy'] as const)('%s', (server) => {
  const target = (version: string | null, openssl: string | null = '3.0.15'): RenderTarget => ({
    server,
    version,
    openssl,
    layout: 'debian',
    modules: null,
  });
  const versions = [...new Set(edges[server].flatMap((since) => [versionBelow(since), since]))].sort(
    compareVersions,
  );

  test.each([null, ...versions])('every line of every example has a reason (version %s)', (version) => {
    const hasNone = ({ origin }: Line) => !/\p{L}{2}/u.test(origin.why) || origin.path?.length === 0;
    expect(told((site) => linesOf(site, target(version)).filter(hasNone))).toEqual([]);
  });

  test.each([...new Set(edges[server])])('what changes at %s says so', (since) => {
    const changed = (site: Site) =>
      changedLines(linesOf(site, target(versionBelow(since))), linesOf(site, target(since)));
    expect(told((site) => changed(site).filter(({ origin }) => !origin.why.includes(since)))).toEqual([]);
  });

  test('what changes without a known version says so', () => {
    const newest = versions.at(-1) ?? null;
    const unknown = (site: Site) => missingIn(linesOf(site, target(null)), linesOf(site, target(newest)));
    expect(told((site) => unknown(site).filter(({ origin }) => !/not known/.test(origin.why)))).toEqual([]);
  });

  test.each(['1.1.0', '1.1.1', '3.5.0'])('what changes at OpenSSL %s says so', (since) => {
    const changed = (site: Site) =>
      changedLines(linesOf(site, target(null, versionBelow(since))), linesOf(site, target(null, since)));
    expect(told((site) => changed(site).filter(({ origin }) => !origin.why.includes('OpenSSL')))).toEqual([]);
  });
});
