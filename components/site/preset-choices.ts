import { type PresetId, presets } from '#core/presets/index';

export interface PresetChoice {
  readonly id: PresetId;
  readonly title: string;
  readonly summary: string;
  /** For an application that is not in the list. */
  readonly generic: boolean;
}

/** Whether a preset stands for any application instead of a certain one. */
export const isGeneric = (title: string) => title.startsWith('Generic');

/** All presets as they are offered: by name, those for anything else last. */
export const presetChoices: readonly PresetChoice[] = Object.values(presets)
  .map(({ id, title, summary }) => ({ id: id as PresetId, title, summary, generic: isGeneric(title) }))
  .sort((a, b) => Number(a.generic) - Number(b.generic) || a.title.localeCompare(b.title, 'en'));

/**
 * How well a choice fits what was typed, from 0 for not at all to 1: every word has to be in it, and where it begins a part of the name it
 * counts most.
 */
export function rankChoice(
  { id, title, summary }: { readonly id: string; readonly title: string; readonly summary: string },
  typed: string,
): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const name = `${title} ${id}`.toLowerCase();
  const ranks = words.map((word): number => {
    if (name.startsWith(word)) return 1;
    if (name.split(/[\s-]/).some((part) => part.startsWith(word))) return 0.9;
    if (name.includes(word)) return 0.8;
    return summary.toLowerCase().includes(word) ? 0.4 : 0;
  });
  return ranks.includes(0) ? 0 : ranks.reduce((sum, rank) => sum + rank, 0) / Math.max(ranks.length, 1);
}
