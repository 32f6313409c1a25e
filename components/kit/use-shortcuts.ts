import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { navItems } from './nav-items';

interface Options {
  team: string;
  onPalette: () => void;
  onHelp: () => void;
}

/** A second key counts as part of a sequence when it comes this soon. */
const sequenceMs = 1200;

/** Whether a key press belongs to what has the focus rather than to the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(input|textarea|select)$/i.test(target.tagName) ||
    target.closest('[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]') !== null
  );
}

/** Keys that work on every page: ⌘K, `/`, `?`, `c`, `g` and a letter. */
export function useShortcuts({ team, onPalette, onHelp }: Options) {
  const router = useRouter();
  const handlers = useRef({ onPalette, onHelp });
  handlers.current = { onPalette, onHelp };

  useEffect(() => {
    let goneAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        (event.metaKey || event.ctrlKey) &&
        !event.shiftKey &&
        !event.altKey &&
        event.key.toLowerCase() === 'k'
      ) {
        event.preventDefault();
        handlers.current.onPalette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      const inSequence = event.timeStamp - goneAt < sequenceMs;
      goneAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const goal = inSequence ? navItems.find((item) => item.key === event.key) : undefined;
      if (goal) {
        event.preventDefault();
        router.push(`/${team}/${goal.path}`);
      } else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('input[data-page-search]');
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === '?') {
        event.preventDefault();
        handlers.current.onHelp();
      } else if (event.key === 'c' && !inSequence) {
        event.preventDefault();
        router.push(`/${team}/sites/new`);
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [router, team]);
}
