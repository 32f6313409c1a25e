import { describe, expect, test } from 'vitest';
import { presetIds } from '#core/presets/index';
import { presetChoices, rankChoice } from './preset-choices';

const found = (typed: string) =>
  presetChoices
    .map((choice) => ({ id: choice.id, rank: rankChoice(choice, typed) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ id }) => id);

describe('the list of CI servers to choose from', () => {
  test('holds every preset once, by name, and those for anything else last', () => {
    expect(presetChoices.map(({ id }) => id).sort()).toEqual([...presetIds].sort());
    const titles = presetChoices.filter(({ generic }) => !generic).map(({ title }) => title);
    expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b, 'en')));
    expect(presetChoices.slice(-2).map(({ id }) => id)).toEqual(['generic', 'websocket']);
  });

  test('a name finds its preset first, whatever the summaries of others say', () => {
    for (const { id, title } of presetChoices) {
      expect(found(title)[0]).toBe(id);
      expect(found(title.toUpperCase()), 'in any case').toContain(id);
    }
    expect(found('git').slice(0, 2).sort()).toEqual(['gitea', 'gitlab']);
    expect(found('argo w')[0]).toBe('argo-workflows');
  });

  test('words of the summary find it too, and nonsense finds nothing', () => {
    expect(found('terraform')).toContain('atlantis');
    expect(found('container registry')).toContain('harbor');
    expect(found('terraform jenkins')).toEqual([]);
  });
});
