import { describe, expect, it } from 'vitest';
import { defaultSite } from '#core/presets/default-site';
import type { RenderTarget } from '#core/web-server/render-target';
import { previewOf, savedTexts } from './preview-model';

const target: RenderTarget = {
  server: 'nginx',
  version: '1.26.3',
  openssl: '3.0.17',
  layout: 'debian',
  modules: null,
};
const site = defaultSite('buildbot', 'ci', 'ci.example.com');

describe('previewOf', () => {
  it('marks nothing on a site that was never saved, and nothing on one that is as it was saved', () => {
    for (const saved of [null, savedTexts(site, target)]) {
      const { files } = previewOf(site, saved, target);
      expect(files.some(({ changed }) => changed)).toBe(false);
      expect(
        files.flatMap(({ lines }) => lines).some(({ changed, removedBefore }) => changed || removedBefore),
      ).toBe(false);
    }
  });

  it('marks exactly the lines that differ from the saved revision', () => {
    const { files } = previewOf({ ...site, httpsPort: 8443 }, savedTexts(site, target), target);
    const changed = files[0]?.lines.filter((line) => line.changed).map(({ text }) => text.trim()) ?? [];
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((text) => text.includes('8443'))).toBe(true);
  });

  it('marks where lines went away', () => {
    const { files } = previewOf({ ...site, ipv6: false }, savedTexts(site, target), target);
    expect(files[0]?.lines.some(({ removedBefore }) => removedBefore)).toBe(true);
  });

  it('compares a renamed site with what it was', () => {
    const { files } = previewOf({ ...site, name: 'builds' }, savedTexts(site, target), target);
    expect(files[0]?.lines.filter(({ changed }) => changed).length).toBeLessThan(
      (files[0]?.lines.length ?? 0) / 2,
    );
  });

  it('keeps the reason of every line', () => {
    const { files } = previewOf(site, null, target);
    expect(files[0]?.lines.every(({ origin }) => origin !== null && origin.why !== '')).toBe(true);
  });
});
