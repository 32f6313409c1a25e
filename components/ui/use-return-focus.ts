import { useRef } from 'react';

/**
 * Gives the focus back to where it was before a dialog opened. The library does so for a dialog's own trigger only; most of ours are opened by
 * something else, and their users would begin at the top of the page again.
 */
export function useReturnFocus() {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      const active = document.activeElement;
      before.current = active instanceof HTMLElement && active !== document.body ? active : null;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!before.current?.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
