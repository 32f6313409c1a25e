import { describe, expect, test } from 'vitest';
import { presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { presetFacts } from './preset-facts-list';

const texts = (preset: Preset) =>
  presetFacts(preset).flatMap(({ facts }) => facts.flatMap(({ why, about }) => [why, ...about]));

describe('what the form tells about a preset', () => {
  test.each(Object.values<Preset>(presets))(
    '$title: every fact that changes or offers something is told',
    (preset) => {
      const told = texts(preset);
      const reasons = [
        ...preset.locations,
        ...(preset.suggestions ?? []),
        ...(preset.extraHosts ?? []),
        ...(preset.extraUpstreams ?? []),
        ...Object.values(preset.limits),
        ...Object.values(preset.cookies),
        ...preset.requestHeaders,
        ...preset.guardedHeaders,
        ...(preset.userHeader ? [preset.userHeader] : []),
        ...(preset.spoolToDisk ? [preset.spoolToDisk] : []),
        preset.rawUri,
        preset.authorization,
      ].map(({ why }) => why.replace(`${preset.title}: `, ''));
      for (const why of reasons) expect(told).toContain(why);
      for (const { port, protocol } of preset.ports) expect(told).toContain(`${port}/${protocol}`);
      for (const { facts } of presetFacts(preset))
        expect(new Set(facts.map(({ why }) => why)).size, 'no reason twice in one group').toBe(facts.length);
    },
  );

  test('ports that agents need are told apart from those that nobody else may reach', () => {
    const ports = presetFacts(presets.concourse).find(({ title }) => title.startsWith('Ports'));
    const of = (port: string) => ports?.facts.find(({ about }) => about.includes(port))?.why;
    expect(of('2222/tcp')).toMatch(/agents’ networks/);
    expect(of('8080/tcp')).toMatch(/proxy alone/);
  });
});
