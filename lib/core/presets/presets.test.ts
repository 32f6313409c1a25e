import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ProbeSpec } from '../probe/probe-spec';
import { siteProbes } from '../probe/site-probes';
import { checkSite } from '../site/check-site';
import { defaultSite } from '../site/default-site';
import { parseSite } from '../site/parse-site';
import { publicPath } from '../site/public-url';
import { Location, type Site } from '../site/schema';
import { presets } from '.';
import type { Preset } from './preset';

const examples = join(import.meta.dirname, '../../../examples/sites');

describe.each(Object.values<Preset>(presets))('$title', (preset) => {
  const sites = preset.prefix.modes
    .filter((mode) => mode !== 'rewrite' && mode !== 'add')
    .map((mode): Site => {
      const site = defaultSite(preset.id as never, 'ci', 'ci.example.com');
      const path = preset.prefix.fixed ?? preset.prefix.suggestion ?? '/ci/';
      return {
        ...site,
        prefix:
          mode === 'none'
            ? { mode }
            : ({ mode, path, ...(mode === 'strip' ? { unstrippedPaths: [] } : {}) } as never),
      };
    });

  test('its example is valid', () => {
    const parsed = parseSite(parse(readFileSync(join(examples, `${preset.id}.yaml`), 'utf8')));
    expect(parsed.ok ? [] : parsed.error).toEqual([]);
    if (parsed.ok) expect(parsed.value.preset).toBe(preset.id);
  });

  test('the form’s first document is valid', () => {
    expect(parseSite(defaultSite(preset.id as never, 'ci', 'ci.example.com')).ok).toBe(true);
    for (const site of sites)
      expect(checkSite(site).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('its locations are ones that a document could hold', () => {
    for (const { why, ...location } of [...preset.locations, ...(preset.suggestions ?? [])]) {
      expect(Location.safeParse(location).success, why).toBe(true);
      expect(why).toMatch(/\w/);
    }
  });

  test('its checklist names real values and its probes are well-formed public paths', () => {
    for (const site of sites) {
      for (const item of preset.checklist(site)) {
        expect(`${item.title}${item.detail}${item.code ?? ''}${item.copy ?? ''}`).not.toMatch(
          /undefined|\[object|NaN/,
        );
      }
      const probes = siteProbes(site);
      for (const probe of probes) expect(ProbeSpec.safeParse(probe).success).toBe(true);
      expect(publicPath(site.prefix, preset.healthPath)).toMatch(/^\//);
    }
  });

  test('no fact is without a reason, and the source of each is in the file', () => {
    const facts = [
      ...Object.values(preset.limits),
      preset.rawUri,
      preset.authorization,
      ...Object.values(preset.cookies),
    ];
    for (const fact of facts) expect(fact?.why).toMatch(/\w/);
  });
});
