import { describe, expect, it } from 'vitest';
import { defaultSite } from '#core/presets/default-site';
import { presetIds } from '#core/presets/index';
import { analyse } from './analyse';
import { changePreset } from './change-preset';
import { toDocument, toValues } from './editor-values';

const valuesFor = (preset: (typeof presetIds)[number]) =>
  toValues(defaultSite(preset, 'ci', 'ci.example.com'), []);

describe('changing the preset', () => {
  it('gives a valid document from every preset to every other, and back to the same', () => {
    for (const from of presetIds) {
      for (const to of presetIds) {
        const { values } = changePreset(valuesFor(from), to);
        expect(analyse(values).issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(toDocument(changePreset(values, from).values)).toEqual(toDocument(valuesFor(from)));
      }
    }
  });

  it('says what it changed', () => {
    const { changes } = changePreset(valuesFor('buildbot'), 'gocd');
    expect(changes).toEqual([
      { label: 'Upstream port', from: '8010', to: '8153' },
      { label: 'Path', from: 'At the root', to: 'Fixed by the application: /go/' },
    ]);
  });

  it('leaves a port alone that a person chose', () => {
    const values = valuesFor('buildbot');
    const [upstream] = values.document.upstreams as { servers: { port: number }[] }[];
    if (upstream?.servers[0]) upstream.servers[0].port = 9000;
    const { values: after, changes } = changePreset(values, 'jenkins');
    expect(JSON.stringify(after.document.upstreams)).toContain('"port":9000');
    expect(changes).toEqual([]);
  });
});
