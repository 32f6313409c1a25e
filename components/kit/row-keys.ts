import { useEffect } from 'react';
import { isTyping } from './use-shortcuts';

/** `j` and `k` move the focus along the rows of a list; Enter follows the link that has it. */
export function useRowKeys() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (step === 0) return;
      const rows = [...document.querySelectorAll<HTMLElement>('[data-row-link]')];
      const current = rows.indexOf(document.activeElement as HTMLElement);
      const next = rows[Math.min(rows.length - 1, Math.max(0, current + step))];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
