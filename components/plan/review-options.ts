import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useSyncExternalStore } from 'react';

/** How the diffs are shown. It is part of the URL, so that a colleague who gets the link sees the same. */
export function useReviewOptions() {
  return useQueryStates({
    diff: parseAsStringLiteral(['unified', 'split']).withDefault('unified'),
    wrap: parseAsBoolean.withDefault(true),
    compare: parseAsStringLiteral(['plan', 'hand', 'three']).withDefault('plan'),
  });
}

// Below this width two texts side by side are a column of fragments.
const wideQuery = '(min-width: 64rem)';

function subscribe(listener: () => void) {
  const query = window.matchMedia(wideQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether there is room for a split view. */
export function useWideEnough(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(wideQuery).matches,
    () => true,
  );
}
