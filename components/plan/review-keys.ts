import { useEffect } from 'react';
import { isTyping } from '../kit/use-shortcuts';

/** Space that sticky bars take at the top of the window. */
const topPx = 130;

const moves: Record<string, { selector: string; step: 1 | -1 }> = {
  j: { selector: '[data-review-file]', step: 1 },
  k: { selector: '[data-review-file]', step: -1 },
  n: { selector: '[data-hunk]', step: 1 },
  p: { selector: '[data-hunk]', step: -1 },
};

/** `j`/`k` go from file to file, `n`/`p` from change to change, `v` marks the file at hand as viewed. */
export function useReviewKeys() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      if (event.key === 'v') {
        const files = [...document.querySelectorAll<HTMLElement>('[data-review-file]')];
        const toggle = files[currentIndex(files)]?.querySelector<HTMLElement>('[data-viewed-toggle]');
        toggle?.click();
        return;
      }
      const move = moves[event.key];
      if (!move) return;
      const items = [...document.querySelectorAll<HTMLElement>(move.selector)];
      const item = items[nextIndex(items, move.step)];
      if (!item) return;
      event.preventDefault();
      item.scrollIntoView({ block: 'start' });
      item.focus({ preventScroll: true });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** The item that has the focus or, without one, the last that has passed the top of the window; -1 above the first. */
function currentIndex(items: readonly HTMLElement[]): number {
  const focused = items.findIndex((item) => item.contains(document.activeElement));
  if (focused >= 0) return focused;
  return items.findLastIndex((item) => item.getBoundingClientRect().top <= topPx);
}

function nextIndex(items: readonly HTMLElement[], step: 1 | -1): number {
  const current = currentIndex(items);
  return Math.min(items.length - 1, Math.max(0, current + step));
}
