'use client';
import { useQuery } from '@tanstack/react-query';
import type { PresetId } from '#core/presets/list';

/** Names of all CI servers as their makers write them; what else is known of them stays out of the first load. */
export function usePresetTitles(): Partial<Record<PresetId, string>> {
  const titles = useQuery({
    queryKey: ['preset-titles'],
    queryFn: async () => {
      const { presets } = await import('#core/presets/index');
      return Object.fromEntries(Object.values(presets).map(({ id, title }) => [id, title]));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return titles.data ?? {};
}

export function PresetTitle({ id }: { id: PresetId }) {
  return <>{usePresetTitles()[id] ?? id}</>;
}
